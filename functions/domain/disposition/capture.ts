import { dayMs } from '#domain/calendar/days.ts';
import { shownBy } from '#domain/decision/decision-effects.ts';
import type { ShownDecision } from '#domain/decision/shown-of.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { dispositionEvent, dispositionTrait } from '#domain/vocabulary/disposition-event.ts';
import { largestValueMinor } from '#domain/vocabulary/largest-amounts.ts';
import type { CapturedDisposition, UnknownDisposition } from './captured-disposition.ts';
import { type DetailColumns, detailColumns } from './disposition-details.ts';
import { dispositionId, type ToldDisposition } from './told-disposition.ts';

/** What a disposition means: for the models and the lake, and for the customer's own history. A late one counts for that only. */
export type Captured =
  | {
      readonly kind: 'captured' | 'late';
      readonly captured: CapturedDisposition;
      readonly personaId: string;
      readonly interaction: Interaction;
    }
  | { readonly kind: 'unknown'; readonly unknown: UnknownDisposition };

/** Reads a disposition by the decision that it names, which may not be there. */
export function capture(told: ToldDisposition, decision: ShownDecision | undefined): Captured {
  if (decision === undefined) return { kind: 'unknown', unknown: { ...told, unknown: 'decision' } };
  const shown = shownBy(decision).find(({ candidate }) => candidate.treatmentId === told.treatmentId);
  if (shown === undefined) return { kind: 'unknown', unknown: { ...told, unknown: 'treatment' } };
  const { candidate, placement } = shown;
  const { decisionId, treatmentId, disposition, receivedAt, touchpoint, currency, details } = told;
  const occurredAt = timeOf(told, decision);
  const valueMinor = told.valueMinor && Math.min(told.valueMinor, largestValueMinor);
  const isLate = Date.parse(occurredAt) > decision.atMs + candidate.goalDays * dayMs;
  const hasValue = valueMinor !== undefined && currency !== undefined;
  return {
    kind: isLate ? 'late' : 'captured',
    captured: {
      decisionId,
      decidedAt: new Date(decision.atMs).toISOString(),
      treatmentId,
      offerId: candidate.offerId,
      channel: candidate.channel,
      disposition,
      occurredAt,
      goal: candidate.goal,
      features: candidate.weighing?.features ?? placement.features,
      isLate,
      record: {
        customerId: decision.customerId,
        personaId: decision.personaId,
        group: candidate.group,
        placementId: placement.placementId,
        direction: placement.direction,
        strategyId: placement.strategyId,
        arm: placement.arm,
        variant: placement.variant,
        propensity: candidate.weighing?.propensity ?? null,
        probability: candidate.outcome?.probability ?? null,
        receivedAt,
        touchpoint,
        ...(hasValue ? { valueMinor, currency } : {}),
        ...(details === undefined ? {} : { details }),
      },
    },
    personaId: decision.personaId,
    interaction: {
      messageId: dispositionId(told),
      type: 'track',
      event: dispositionEvent,
      occurredAt,
      receivedAt,
      touchpoint,
      properties: {
        decision_id: decisionId,
        treatment_id: treatmentId,
        offer_id: candidate.offerId,
        offer_group: candidate.group,
        channel: candidate.channel,
        purpose: candidate.purpose,
        placement: placement.placementId,
        disposition,
        ...(hasValue ? { value_minor: valueMinor, currency } : {}),
        ...withoutNulls(detailColumns(details)),
      },
      traits: traitsOf(told, candidate.offerId),
      context: {},
    },
  };
}

/**
 * What the customer’s profile keeps of the details, so that rules can ask for them: a trait for each disposition, of which the last word
 * stands. Without the note, which people read and rules don’t, and which is longer than a trait.
 */
function traitsOf({ treatmentId, disposition, details }: ToldDisposition, offerId: string): JsonObject {
  if (details === undefined) return {};
  const { note: _, ...asked } = detailColumns(details);
  const trait = { treatment_id: treatmentId, offer_id: offerId, ...withoutNulls(asked) };
  return { [dispositionTrait(disposition)]: trait };
}

function withoutNulls(columns: Partial<DetailColumns>): JsonObject {
  return Object.fromEntries(Object.entries(columns).filter(([, text]) => text !== null));
}

/** Nobody answers before they are asked, nor later than the answer is heard: clocks say otherwise, and people who want to. */
function timeOf({ occurredAt, receivedAt }: ToldDisposition, { atMs }: ShownDecision): string {
  return new Date(Math.max(atMs, Math.min(Date.parse(occurredAt), Date.parse(receivedAt)))).toISOString();
}
