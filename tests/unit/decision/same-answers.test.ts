import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decisionToRows } from '#contracts/lake/decisions/decision-rows.ts';
import { Exclusion } from '#domain/decision/candidate.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { answerOf } from '#domain/decision/decision-answer.ts';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { readAccount } from '#domain/decision/read-account.ts';
import { wholeDecision } from '#domain/decision/whole-decision.ts';
import { withProbabilities } from '#domain/decision/with-probabilities.ts';
import { seededDecisions } from '#support/seeded-decisions/seeded-decisions.ts';

const decisions = 10_000;
/** Decisions of one digest: what moves few answers is found in few of them. */
const block = 500;
/** Of every fifth decision the lake's rows are looked at too. */
const landed = 5;

/** As they were before a decision was made faster and read without being made again. */
const expected = {
  answers: [
    'cece5d18 d46de1e1 89d837ed 3f8cd6b1 784d3483 97a38315 efb1f569 8f08412d a7ebd0b0 b4c96a41',
    '2bf04ffc 3e8c3461 7476c42d 11f382bc 62aafcf8 fcd7c9eb 75ddd202 99ebe1e6 d4375ffe d6a9a683',
  ].join(' '),
  rows: [
    'de57fc12 5735d0f6 d4caf7d5 1858ffad ec402044 f6591007 de8dd323 61f7b1cc f8af3ab5 3ffc7c7e',
    '918aff89 39a7587a 2a7b6031 ff6fa279 b464c7c5 2dc58a6a 29e07d41 2f6339c4 dfaa931b 7bbc2a93',
  ].join(' '),
};

test('10,000 seeded decisions have the same answers and rows of the lake as they ever had, byte for byte', () => {
  const [answers, rows] = [blocks(block), blocks(block / landed)];
  let index = 0;
  for (const decision of seededDecisions(1, decisions)) {
    answers.add(JSON.stringify(answerOf(decision)));
    if (index % landed === 0) rows.add(JSON.stringify(landedRows(decision)));
    index += 1;
  }
  expect({ answers: answers.digests(), rows: rows.digests() }).toEqual(expected);
});

test('the seeded decisions come to every reason, arm and way of ranking', () => {
  const placements = [...seededDecisions(1, 2000)].flatMap((decision) => decision.placements);
  const reasons = placements.flatMap(({ candidates }) =>
    candidates.map(({ excluded, withheld }) => (excluded ?? withheld)?.reason ?? 'shown'),
  );
  expect([...new Set(reasons)].sort()).toEqual([...Exclusion.shape.reason.options, 'shown'].sort());
  expect([...new Set(placements.map(({ arm }) => arm))].sort()).toEqual([
    'bold',
    'champion',
    'eligibility-only',
    'holdout',
    'no-levers',
    'no-treatment',
    'propensity-only',
    'random-eligible',
  ]);
  const ways = placements.map(({ order, arbitration }) => `${order} by ${arbitration.exploration}`);
  expect([...new Set(ways)].sort()).toEqual([
    'lot by mean',
    'lot by thompson',
    'propensity by mean',
    'propensity by thompson',
    'score by mean',
    'score by thompson',
  ]);
});

/** The rows as they come about: the record is read whole, its account is told with probabilities, and the account is landed. */
function landedRows(decision: Decision) {
  const made = withProbabilities(wholeDecision(encodeDecision(decision)));
  // Before there were several engines rows did not say which.
  return decisionToRows(readAccount(encodeDecision(made, 'account'))).map(({ engine: _, ...row }) => row);
}

/** Digests of texts, one for each block of them. */
function blocks(size: number) {
  const done: string[] = [];
  let texts = 0;
  let hash = createHash('sha256');
  return {
    add(text: string) {
      hash.update(`${text}\n`);
      texts += 1;
      if (texts % size > 0) return;
      done.push(hash.digest('hex').slice(0, 8));
      hash = createHash('sha256');
    },
    digests: () => done.join(' '),
  };
}
