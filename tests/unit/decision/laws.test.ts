import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Candidate, isShown } from '#domain/decision/candidate.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { answerOf } from '#domain/decision/decision-answer.ts';
import { contactsOf, shownBy, usesOf } from '#domain/decision/decision-effects.ts';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { readAccount } from '#domain/decision/read-account.ts';
import { replay } from '#domain/decision/replay.ts';
import { shownOf } from '#domain/decision/shown-of.ts';
import { wholeDecision } from '#domain/decision/whole-decision.ts';
import { withProbabilities } from '#domain/decision/with-probabilities.ts';
import { rounded } from '#domain/mathematics/rounded.ts';
import { anyDecision } from '#support/generators/any-decision.ts';

const runs = { numRuns: Number(process.env.DECISION_RUNS ?? 400) };

test('gives from its record the same answer, byte for byte, and so does a replay of the record', () => {
  fc.assert(
    fc.property(anyDecision, ({ decision }) => {
      const answer = JSON.stringify(answerOf(decision));
      const record = wholeDecision(encodeDecision(decision));
      expect(JSON.stringify(answerOf(record))).toBe(answer);
      expect(JSON.stringify(answerOf(replay(record)))).toBe(answer);
      expect(encodeDecision(record)).toBe(encodeDecision(decision));
    }),
    runs,
  );
});

test('tells from its record what was shown, and of nothing else anything', () => {
  fc.assert(
    fc.property(anyDecision, ({ decision }) => {
      const record = encodeDecision(decision);
      const { decisionId, atMs, customerId, personaId, placements } = shownOf(record);
      expect({ decisionId, atMs, customerId, personaId }).toEqual({
        decisionId: decision.decisionId,
        atMs: decision.atMs,
        customerId: decision.customerId,
        personaId: decision.personaId,
      });
      expect(placements).toEqual(
        wholeDecision(record).placements.map(({ candidates, ...placement }) => ({
          ...placement,
          candidates: candidates.filter(isShown),
        })),
      );
    }),
    runs,
  );
});

test('tells the lake in its account all that arbitration found, to six digits, and no words', () => {
  fc.assert(
    fc.property(anyDecision, ({ decision }) => {
      const made = withProbabilities(wholeDecision(encodeDecision(decision)));
      const told = readAccount(encodeDecision(made, 'account'));
      const found = ({ placements }: Decision) =>
        placements.flatMap(({ candidates }) =>
          candidates.map(({ treatmentId, outcome, excluded, withheld, weighing }) => ({
            treatmentId,
            weighing,
            numbers: [outcome?.drawn, outcome?.score, outcome?.probability].map((value) => value && rounded(value, 6)),
            rank: outcome?.rank,
            reason: (excluded ?? withheld)?.reason,
          })),
        );
      expect(found(told)).toEqual(found(made));
      const words = told.placements.flatMap(({ candidates }) =>
        candidates.flatMap(({ excluded, withheld }) => [excluded?.detail, excluded?.rule, withheld?.detail]),
      );
      expect(words.filter((word) => word !== undefined)).toEqual([]);
    }),
    runs,
  );
});

test('keeps in its record every candidate with its numbers, and with all words when an explanation was asked for', () => {
  fc.assert(
    fc.property(anyDecision, ({ decision }) => {
      const record = wholeDecision(encodeDecision(decision));
      if (decision.explain) {
        expect(record).toEqual(decision);
        return;
      }
      const plain = decision.placements.flatMap(({ candidates }) =>
        candidates.map(({ name: _, excluded, withheld, ...candidate }) => ({
          ...candidate,
          reason: (excluded ?? withheld)?.reason,
        })),
      );
      const kept = record.placements.flatMap(({ candidates }) =>
        candidates.map(({ name: _, excluded, withheld, ...candidate }) => ({
          ...candidate,
          reason: (excluded ?? withheld)?.reason,
        })),
      );
      expect(kept).toEqual(plain);
    }),
    runs,
  );
});

test('never shows an offer twice, nor more than a placement’s limit, nor a standard treatment below zero', () => {
  fc.assert(
    fc.property(anyDecision, ({ decision }) => {
      const shown = shownBy(decision);
      expect(new Set(shown.map(({ candidate }) => candidate.offerId)).size).toBe(shown.length);
      for (const placement of decision.placements) {
        const ranks = placement.candidates.flatMap(({ outcome }) => outcome?.rank ?? []).sort((a, b) => a - b);
        expect(ranks).toEqual(Array.from({ length: ranks.length }, (_, index) => index + 1));
        expect(ranks.length).toBeLessThanOrEqual(placement.limit);
        if (placement.order !== 'score') continue;
        const scores = placement.candidates.flatMap(({ kind, outcome }) =>
          kind !== 'mandatory' && outcome?.rank !== undefined ? [outcome.score] : [],
        );
        expect(scores.filter((score) => score < 0)).toEqual([]);
      }
    }),
    runs,
  );
});

test('never takes more of a budget than was left, nor more contacts than a cap allows', () => {
  fc.assert(
    fc.property(anyDecision, ({ decision, most, left, contacts }) => {
      for (const budgetId of ['mails', 'minutes']) {
        const used = usesOf(decision).filter((use) => use.budgetId === budgetId);
        expect(used.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(left);
      }
      const counted = contactsOf(decision).filter(({ kind }) => kind === 'standard');
      expect(counted.length).toBeLessThanOrEqual(Math.max(0, most - contacts));
    }),
    runs,
  );
});

test('works out probabilities where an explanation is asked for, and for nobody else who waits for an answer', () => {
  fc.assert(
    fc.property(anyDecision, ({ decision }) => {
      const outcomes = decision.placements.flatMap(({ candidates }) =>
        candidates.flatMap(({ outcome }) => outcome ?? []),
      );
      const likely = outcomes.filter(({ probability }) => probability !== undefined);
      expect(likely).toHaveLength(decision.explain ? outcomes.length : 0);
      const whole = withProbabilities(wholeDecision(encodeDecision(decision)));
      expect(withProbabilities(decision).placements.map(({ candidates }) => candidates.map(numbersOf))).toEqual(
        whole.placements.map(({ candidates }) => candidates.map(numbersOf)),
      );
    }),
    runs,
  );
});

const numbersOf = ({ treatmentId, outcome }: Candidate) => ({ treatmentId, outcome });

test('gives what is shown a probability above zero, and a placement together no more than its places', () => {
  fc.assert(
    fc.property(anyDecision, ({ decision }) => {
      for (const { candidates, limit } of withProbabilities(decision).placements) {
        const probabilities = candidates.flatMap(({ outcome }) => outcome?.probability ?? []);
        expect(probabilities.filter((probability) => probability < 0 || probability > 1 + 1e-9)).toEqual([]);
        expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeLessThanOrEqual(limit + 1e-6);
        for (const { outcome } of candidates)
          if (outcome?.rank !== undefined) expect(outcome.probability).toBeGreaterThan(0);
      }
    }),
    runs,
  );
});
