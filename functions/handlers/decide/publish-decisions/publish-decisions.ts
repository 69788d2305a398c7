import * as z from 'zod';
import { decisionSort } from '#adapters/decisions-table/decision-items.ts';
import { packTexts, readText, unpackTexts } from '#adapters/decisions-table/decision-packing.ts';
import { busEntry } from '#contracts/bus/bus-event.ts';
import type { MadeDecision } from '#contracts/bus/decision-made.ts';
import { jsonBytes, largestDetailBytes, packDetails } from '#contracts/bus/pack-details.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { shownBy } from '#domain/decision/decision-effects.ts';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { wholeDecision } from '#domain/decision/whole-decision.ts';
import { withProbabilities } from '#domain/decision/with-probabilities.ts';
import type { Bus } from '#ports/bus.ts';

/** A batch of the stream of decisions: new items, as the mapping filters them. In a stream bytes are base64. */
export const DecisionStreamEvent = z.object({
  Records: z.array(
    z.object({
      dynamodb: z.object({
        NewImage: z.object({
          sk: z.object({ S: z.string().startsWith(decisionSort) }),
          record: z.object({ B: z.base64() }),
        }),
      }),
    }),
  ),
});

/** More than the detail has without its list. */
const envelopeBytes = 200;

/** Tells the bus which decisions were made: all of a stream batch in as few entries as hold them. */
export function publishDecisions(deps: {
  readonly bus: Bus;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async ({ Records }: z.output<typeof DecisionStreamEvent>): Promise<void> => {
    const made = Records.flatMap(({ dynamodb: { NewImage } }) =>
      unpackTexts(Buffer.from(NewImage.record.B, 'base64')).flatMap(madeDecisions),
    );
    const occurredAt = new Date(deps.now()).toISOString();
    const entries = packDetails(made, envelopeBytes).map((run) =>
      busEntry('DecisionMade', { id: deps.newId(), occurredAt, schemaVersion: 1, decisions: run }),
    );
    if (entries.length > 0) await deps.bus.publish(entries);
  };
}

/** What the bus is told of a decision that was read from its record: here choice probabilities are worked out, once. */
function madeDecisions(record: string): MadeDecision[] {
  const decision = withProbabilities(readText(record, wholeDecision));
  const whole = madeDecision(decision);
  if (jsonBytes(whole) <= largestDetailBytes - envelopeBytes) return [whole];
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
    record: Buffer.from(packTexts([encodeDecision(decision, 'account')])).toString('base64'),
  };
}
