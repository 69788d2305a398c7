import type { MadeDecision } from '#contracts/bus/decision-made.ts';
import { fitsEntry, packedEntries } from '#contracts/bus/packed-entries.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { shownBy } from '#domain/decision/decision-effects.ts';
import { withProbabilities } from '#domain/decision/with-probabilities.ts';
import type { Bus } from '#ports/bus.ts';
import type { DecisionAccounts } from '#ports/decision-accounts.ts';

export interface PublishDecisionsDeps {
  readonly accounts: Pick<DecisionAccounts, 'pack'>;
  readonly bus: Bus;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Tells the bus which decisions were made: all of a batch in as few entries as hold them. */
export function publishDecisions({ accounts, bus, now, newId }: PublishDecisionsDeps) {
  /** What the bus is told of a decision that was read from its record: here choice probabilities are worked out, once. */
  function madeDecisions(recorded: Decision): MadeDecision[] {
    const decision = withProbabilities(recorded);
    const whole = madeDecision(decision);
    if (fitsEntry(whole)) return [whole];
    return decision.placements.map((placement) => madeDecision({ ...decision, placements: [placement] }));
  }

  function madeDecision(decision: Decision): MadeDecision {
    const { decisionId, atMs, customerId, personaId, touchpoint } = decision;
    return {
      decisionId,
      decidedAt: new Date(atMs).toISOString(),
      customerId,
      personaId,
      touchpoint,
      treatments: shownBy(decision).map(({ candidate: { treatmentId, offerId, channel }, placement }) => ({
        placementId: placement.placementId,
        treatmentId,
        offerId,
        channel,
      })),
      record: accounts.pack(decision),
    };
  }

  return async (recorded: readonly Decision[]): Promise<void> => {
    const stamp = { newId, occurredAt: new Date(now()).toISOString() };
    const made = recorded.flatMap(madeDecisions);
    const entries = packedEntries('DecisionMade', stamp, made, (run) => ({ decisions: run }));
    if (entries.length > 0) await bus.publish(entries);
  };
}
