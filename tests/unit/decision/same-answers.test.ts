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
    '697af20e cff64c30 d5749d8c db0ca4b9 396ed771 7e877b8a aeace069 3e9b52fb f4e6d95e f4b5c3ac',
    '8d446f0d bdbf81c5 91542cd9 332e0975 5fd11fcd 39c86f94 cf48b9be 5eec2968 240acab0 dd0da959',
  ].join(' '),
  rows: [
    '3030a92e 4938488d 21e009e5 5d2b039d e7388411 ab8cdb47 e48db3a7 98e70b6f a6b8e495 01e9b72b',
    'f44c28e0 3f6290a5 e9eb8c16 597be965 e44c01f4 67853f64 c2b0453d 0022fdbe 3eacb04c 753c8326',
  ].join(' '),
};

test('10,000 seeded decisions have the same answers and rows of the lake as they ever had, byte for byte', () => {
  const [answers, rows] = [blocks(block), blocks(block / landed)];
  let index = 0;
  for (const decision of seededDecisions(1, decisions)) {
    answers.add(JSON.stringify(answerOf(decision), withoutProbability));
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

/** Engines have their own probabilities; nothing else that is told may move with them. */
const withoutProbability = (name: string, value: unknown) => (name === 'probability' ? undefined : value);

/** The rows as they come about: the record is read whole, its account is told with probabilities, and the account is landed. */
function landedRows(decision: Decision) {
  const made = withProbabilities(wholeDecision(encodeDecision(decision)));
  // Before there were several engines rows did not say which.
  return decisionToRows(readAccount(encodeDecision(made, 'account'))).map(
    ({ engine: _, probabilities: __, ...row }) => row,
  );
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
