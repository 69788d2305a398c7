import { expect, test } from 'vitest';
import { learn } from '#domain/propensity/learn.ts';
import { basePrior } from '#domain/propensity/prior.ts';
import { emptyRecord } from '#domain/propensity/propensity-model.ts';
import { modelLines, reliabilityLines } from '#scripts/models/model-lines.ts';

const record = learn(
  { record: emptyRecord, prior: basePrior },
  Array.from({ length: 400 }, (_, index) => ({ features: [1 + (index % 4)], response: index % 4 === 0, atMs: 0 })),
);

test('tells of each model its responses and how good its predictions were', () => {
  const [head, empty, processed, ...more] = modelLines(
    new Map([
      ['treatment#sale', record],
      ['channel#web', emptyRecord],
    ]),
  );
  expect(more).toEqual([]);
  expect(head?.trim().split(/\s+/)).toEqual(['model', 'responses', 'rate', '%', 'ECE', 'AUC', 'level', 'slope']);
  expect(empty?.trim().split(/\s+/)).toEqual(['channel#web', '0', '–', '–', '–', '0.0', '0.0']);
  expect(processed?.trim().split(/\s+/).slice(0, 3)).toEqual(['treatment#sale', '400', '25.00']);
  expect(processed).toMatch(/ 0\.\d{4} +0\.9\d{3} /);
});

test('tells the reliability curve by rising prediction', () => {
  const [, ...groups] = reliabilityLines(record);
  const predicted = groups.map((line) => Number(line.trim().split(/\s+/)[1]));
  expect(predicted.length).toBeGreaterThan(3);
  expect(predicted).toEqual(predicted.toSorted((a, b) => a - b));
});
