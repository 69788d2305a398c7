import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import type { Decision } from '#domain/decision/decision.ts';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { engine } from '#domain/decision/engine.ts';
import { headOf } from '#domain/decision/record-text.ts';
import { replay } from '#domain/decision/replay.ts';
import { wholeDecision } from '#domain/decision/whole-decision.ts';
import { withProbabilities } from '#domain/decision/with-probabilities.ts';
import { decisionFacts, offersNamed, outcomes } from '#support/builders/decision.ts';

const folder = join(import.meta.dirname, 'golden-records');
const file = join(folder, `engine-${engine}.jsonl`);

/** A stored record with, of each candidate that reached arbitration: P, P as drawn, score, rank when replayed, what held it back, probability. */
const Golden = z.object({
  record: z.string(),
  numbers: z.array(
    z.tuple([z.string(), z.number(), z.number(), z.number(), z.int().nullable(), z.string().nullable(), z.number()]),
  ),
});
type Golden = z.output<typeof Golden>;

const goldenIn = (path: string): Golden[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => Golden.parse(JSON.parse(line)));

// A new engine takes over the records, with its own numbers: `GOLDEN_RECORDS=write` writes them once, and never over others.
if (process.env.GOLDEN_RECORDS === 'write' && !existsSync(file)) {
  const lines = goldenIn(join(folder, `engine-${engine - 1}.jsonl`)).map(({ record }) =>
    JSON.stringify({ record, numbers: numbersOf(record) }),
  );
  writeFileSync(file, `${lines.join('\n')}\n`);
}

const golden = existsSync(file) ? goldenIn(file) : [];

test('the engine’s number has golden records: a few dozen', () => {
  expect(golden.length).toBeGreaterThanOrEqual(36);
});

test.each(golden.map(({ record, numbers }, index) => [index + 1, record, numbers] as const))(
  'golden record %i leads to the numbers it had; when they are meant to move, move the engine’s number',
  (_, record, numbers) => {
    expect(numbersOf(record)).toEqual(numbers);
  },
);

test('golden records settle ties, and in each of the orders that ranks can have', () => {
  const tied = golden.filter(({ numbers }) => new Set(numbers.map(([, , , score]) => score)).size < numbers.length);
  const orders = tied.map(({ numbers }) => numbers.map(([, , , , rank]) => rank ?? '-').join(' '));
  expect(new Set(orders).size).toBeGreaterThan(3);
});

test('a record without a number is of the first engine, and one that is made now says which it is of', () => {
  const [first] = golden;
  expect(first?.record).not.toContain('"engine"');
  expect(wholeDecision(first?.record ?? '').engine).toBe(1);
  const made = encodeDecision(outcomes(decisionFacts(offersNamed(['tv']))).decision);
  expect(headOf(made)).toMatchObject({ engine });
  expect(wholeDecision(made).engine).toBe(engine);
  expect(wholeDecision(made.replace(`"engine":${engine}`, '"engine":7')).engine).toBe(7);
});

function numbersOf(record: string): Golden['numbers'] {
  const whole = wholeDecision(record);
  const ranks = allOf(replay(whole)).map(({ outcome }) => outcome?.rank ?? null);
  return allOf(withProbabilities(whole)).flatMap(({ treatmentId, weighing, outcome, withheld }, place) =>
    weighing === undefined || outcome === undefined
      ? []
      : [
          [
            treatmentId,
            weighing.propensity,
            outcome.drawn,
            outcome.score,
            ranks[place] ?? null,
            withheld?.reason ?? null,
            outcome.probability ?? 0,
          ],
        ],
  );
}

function allOf({ placements }: Decision) {
  return placements.flatMap(({ candidates }) => candidates);
}
