import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const documents = ['README.md', ...globSync('docs/*.md'), ...globSync('*/README.md')].filter(
  (file) => !file.startsWith('node_modules'),
);
const rooms = 'functions|infra|local-cloud|scripts|tests|workflows|docs|biome|examples';

/** Paths from the root that a document names as code, without those that have a part to fill in; `{a,b}` stands for both. */
function namedIn(text: string): string[] {
  const named = [...text.matchAll(/`([^`\s]+)`/g)].flatMap(([, path = '']) => path);
  const paths = named.filter((path) => new RegExp(`^(${rooms})/`).test(path) && !/<|…|NAME/.test(path));
  return [...new Set(paths.map((path) => path.replace(/[:#].*$/, '')))];
}

/** Files that a document links to, from where it is. */
function linkedFrom(file: string, text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].flatMap(([, target = '']) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target)).map((target) => join(dirname(file), target));
}

test.each(documents)('every path in %s leads somewhere', (file) => {
  const text = readFileSync(file, 'utf8');
  const lost = [...namedIn(text), ...linkedFrom(file, text)].filter(
    (path) => !existsSync(path) && globSync(path).length === 0,
  );
  expect(lost).toEqual([]);
});

test('the map has every room of the house', () => {
  const map = readFileSync('README.md', 'utf8').split('## Where things are')[1]?.split('\n## ')[0] ?? '';
  const storeys = globSync('functions/*/').map((path) => path.replace(/\/$/, ''));
  expect(storeys).not.toEqual([]);
  expect(
    [...storeys, 'infra', 'local-cloud', 'scripts', 'tests'].filter((room) => !map.includes(`\`${room}/`)),
  ).toEqual([]);
});

test('the README has at most 200 lines', () => {
  expect(readFileSync('README.md', 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(200);
});
