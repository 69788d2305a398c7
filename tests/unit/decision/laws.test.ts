import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerOf } from '#domain/decision/decision-answer.ts';
import { decodeDecision, encodeDecision } from '#domain/decision/decision-codec.ts';
import { contactsOf, shownBy, usesOf } from '#domain/decision/decision-effects.ts';
import { replay } from '#domain/decision/replay.ts';
import { anyDecision } from './any-decision.ts';

const runs = { numRuns: Number(process.env.DECISION_RUNS ?? 400) };

it('gives from its record the same answer, byte for byte, and so does a replay of the record', () => {
  fc.assert(
    fc.property(anyDecision, ({ decision }) => {
      const answer = JSON.stringify(answerOf(decision));
      const record = decodeDecision(encodeDecision(decision));
      expect(JSON.stringify(answerOf(record))).toBe(answer);
      expect(JSON.stringify(answerOf(replay(record)))).toBe(answer);
      expect(encodeDecision(record)).toBe(encodeDecision(decision));
    }),
    runs,
  );
});

it('keeps in its record every candidate with its numbers, and with all words when an explanation was asked for', () => {
  fc.assert(
    fc.property(anyDecision, ({ decision }) => {
      const record = decodeDecision(encodeDecision(decision));
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

it('never shows an offer twice, nor more than a placement’s limit, nor a standard treatment below zero', () => {
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

it('never takes more of a budget than was left, nor more contacts than a cap allows', () => {
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

it('gives what is shown a probability above zero, and all of a placement together no more than its places', () => {
  fc.assert(
    fc.property(anyDecision, ({ decision }) => {
      for (const { candidates, limit } of decision.placements) {
        const probabilities = candidates.flatMap(({ outcome }) => outcome?.probability ?? []);
        expect(probabilities.filter((probability) => probability < 0 || probability > 1 + 1e-9)).toEqual([]);
        expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeLessThanOrEqual(
          limit * 1.35 + 1e-9,
        );
        for (const { outcome } of candidates)
          if (outcome?.rank !== undefined) expect(outcome.probability).toBeGreaterThan(0);
      }
    }),
    runs,
  );
});
