import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';

/** Texts by path from the root of a repository. */
export type Files = Readonly<Record<string, string>>;

/** Packages that made-up files import; what is in them does not matter. */
const packages = ['zod', 'lodash', '@aws-sdk/client-eventbridge', '@aws-lambda-powertools/logger'];

const houses: string[] = [];
const config = extractConfig(join(process.cwd(), '.dependency-cruiser.mjs'));

/** By name of an import rule of this repository, what breaks it in a repository of these files, sorted. */
export async function brokenRules(files: Files): Promise<Record<string, string[]>> {
  const { forbidden = [], options } = await config;
  const baseDir = build(files);
  const storeys = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))];
  const settings: ICruiseOptions = { ...options, ruleSet: { forbidden }, validate: true, baseDir };
  const { output } = await cruise(storeys, settings, {});
  if (typeof output === 'string') throw new Error(output);
  const breakers = Map.groupBy(output.summary.violations, ({ rule }) => rule.name);
  return Object.fromEntries(
    [...breakers].map(([name, found]) => [name, [...new Set(found.map(({ from }) => from))].sort()]),
  );
}

/** The names of all import rules of this repository. */
export async function houseRules(): Promise<string[]> {
  const { forbidden = [] } = await config;
  return forbidden.map(({ name = '' }) => name);
}

/** Removes what the rules were tried on. */
export function removeHouses(): void {
  for (const house of houses.splice(0)) rmSync(house, { recursive: true });
}

function build(files: Files): string {
  const house = realpathSync(mkdtempSync(join(tmpdir(), 'house-')));
  houses.push(house);
  // The aliases are those of this repository.
  cpSync('package.json', join(house, 'package.json'));
  for (const name of packages) {
    write(join(house, 'node_modules', name, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
    write(join(house, 'node_modules', name, 'index.js'), 'exports.all = 1;');
  }
  for (const [path, text] of Object.entries(files)) write(join(house, path), text);
  return house;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
