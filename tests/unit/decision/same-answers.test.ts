import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Exclusion } from '#domain/decision/candidate.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { answerOf } from '#domain/decision/decision-answer.ts';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { readAccount } from '#domain/decision/read-account.ts';
import { wholeDecision } from '#domain/decision/whole-decision.ts';
import { withProbabilities } from '#domain/decision/with-probabilities.ts';
import { decisionToRows } from '#domain/lake/decision-rows.ts';
import { seededDecisions } from '#support/seeded-decisions/seeded-decisions.ts';

const decisions = 10_000;
/** Decisions of one digest: what moves few answers is found in few of them. */
const block = 500;
/** Of every fifth decision the lake's rows are looked at too. */
const landed = 5;

/** As they were before a decision was made faster and read without being made again. */
const expected = {
  answers: [
    '504fab60 15db0f0b b632e751 7599c1ff 68b620a3 2cceb1a7 f3b27e9e 14dc89a9 4efb6ab5 31091789',
    'bf53971c e30e302d 158f29f6 aafdec0e 0319f399 24745691 3efcf49b 044bca40 c82b7691 01653a53',
  ].join(' '),
  rows: [
    'ca514833 bfc2fae3 7b121262 0c1d02c3 e9f96dc3 f6c39dd0 47d65d96 c23822cc 6d6f670b e40561e4',
    'ef1f677d 216bf15f 4824bee1 7d8c23b6 ecfa35fa ad5c6e8f bcd38a79 5a5e149b 434569d0 5b4cfad0',
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
  return decisionToRows(readAccount(encodeDecision(made, 'account')));
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
