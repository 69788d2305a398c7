import { expect, test } from 'vitest';
import type { TestModule } from 'vitest/node';
import { skipLines } from '#support/skip-report.ts';

interface Named {
  readonly names: readonly string[];
  readonly note?: string;
}

/** A module with skipped tests, each by its name behind those of the groups around it. */
function moduleOf(file: string, tests: readonly Named[]) {
  const module = { type: 'module', relativeModuleId: file };
  const made = tests.map(({ names, note }) => {
    const within = names.slice(0, -1).reduce<object>((parent, name) => ({ type: 'suite', name, parent }), module);
    return { type: 'test', name: names.at(-1), parent: within, module, result: () => ({ state: 'skipped', note }) };
  });
  return { children: { allTests: () => made.values() } } as unknown as TestModule;
}

const modules = [
  moduleOf('a.test.ts', [
    { names: ['skipped: there is no Trino', 'answers'] },
    { names: ['skipped: there is no Trino', 'a group', 'refuses'] },
    { names: ['skipped: there is no Python'] },
  ]),
  moduleOf('b.test.ts', [{ names: ['counts'] }, { names: ['measures'], note: 'the clock is too coarse' }]),
];

test('sums skipped tests up by the reason that their name, a group’s or their note gives', () => {
  expect(skipLines(modules, false)).toEqual([
    ' Skipped: 5 tests',
    '  2: there is no Trino',
    '  1: there is no Python',
    '  1 without a reason: b.test.ts',
    '  1: the clock is too coarse',
  ]);
});

test('says nothing of tests that were not asked for, nor where none was skipped', () => {
  expect(skipLines(modules, true)).toEqual([
    ' Skipped: 4 tests',
    '  2: there is no Trino',
    '  1: there is no Python',
    '  1: the clock is too coarse',
  ]);
  expect(skipLines([moduleOf('a.test.ts', [])], false)).toEqual([]);
});
