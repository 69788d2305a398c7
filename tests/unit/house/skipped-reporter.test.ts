import { expect, test } from 'vitest';
import { type SkippingModule, skippedLines } from '#support/skipped-reporter.ts';

/** A test file of which these were skipped. */
const fileOf = (path: string, skipped: readonly string[]): SkippingModule => ({
  moduleId: `${process.cwd()}/${path}`,
  children: { allTests: () => skipped.map((fullName) => ({ fullName })) },
});

test('a run tells what it did not run, by file and by what stands together there', () => {
  const calls = ['the calls of a bank > are predicted', 'the calls of a bank > are ranked', 'a bank that is new'];
  const files = [fileOf('tests/unit/bank.test.ts', calls), fileOf('tests/unit/whole.test.ts', [])];
  expect(skippedLines(files)).toEqual([
    '  tests/unit/bank.test.ts: 2 of “the calls of a bank”',
    '  tests/unit/bank.test.ts: 1 of “a bank that is new”',
  ]);
});
