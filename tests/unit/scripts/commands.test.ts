import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

test('names in documents and code only commands that package.json has', () => {
  const files = globSync(['*.md', 'docs/**/*.md', '{functions,infra,scripts}/**/*.{md,ts}']);
  const named = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/npm run ([a-z-]+)/g)].map(([, command]) => ({ file, command })),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ command }) => scripts[String(command)] === undefined)).toEqual([]);
});

test('has a file for each command that runs one', () => {
  const files = Object.values(scripts).flatMap((script) => /^node (?:--\S+ )*(\S+)/.exec(script)?.[1] ?? []);
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});
