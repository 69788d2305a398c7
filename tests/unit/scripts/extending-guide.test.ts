import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { extendingGuide, extendingGuideFile, workedExamples } from '#scripts/data-dictionary/extending-guide.ts';

const guide = readFileSync(extendingGuideFile, 'utf8');

test('the guide shows worked examples as tests run them', () => {
  expect(guide).toBe(extendingGuide());
  const stale = guide.replace('voucherId: ItemId', 'voucherId: Id');
  expect([stale === guide, extendingGuide(stale)]).toEqual([false, guide]);
});

test('the guide shows every worked example', () => {
  const shown = [...guide.matchAll(/^```ts\n\/\/ .*\/(.+)$/gm)].map(([, file]) => file);
  const examples = readdirSync(workedExamples, { recursive: true, withFileTypes: true });
  expect(shown.sort()).toEqual(
    examples
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort(),
  );
});
