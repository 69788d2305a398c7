import type { CapturedDisposition, UnknownDisposition } from '#domain/disposition/captured-disposition.ts';
import { detailColumns } from '#domain/disposition/disposition-details.ts';
import { dispositionId } from '#domain/disposition/told-disposition.ts';
import { responseOf } from '#domain/propensity/response-of.ts';
import type { DispositionRow } from './dispositions-table.ts';

/** The lake's row of a disposition of a known decision. */
export function dispositionToRow(captured: CapturedDisposition): DispositionRow {
  const { record } = captured;
  return {
    disposition_id: dispositionId(captured),
    decision_id: captured.decisionId,
    treatment_id: captured.treatmentId,
    offer_id: captured.offerId,
    offer_group: record.group,
    placement_id: record.placementId,
    channel: captured.channel,
    direction: record.direction,
    strategy_id: record.strategyId,
    arm: record.arm,
    variant: record.variant,
    customer_id: record.customerId,
    persona_id: record.personaId,
    disposition: captured.disposition,
    response: responseOf(captured.disposition, captured.goal) ?? null,
    occurred_at: captured.occurredAt,
    received_at: record.receivedAt,
    decided_at: captured.decidedAt,
    touchpoint: record.touchpoint,
    is_late: captured.isLate,
    is_unknown: false,
    propensity: record.propensity,
    probability: record.probability,
    value_minor: record.valueMinor ?? null,
    currency: record.currency ?? null,
    ...detailColumns(record.details),
  };
}

/** The lake's row of a disposition that nobody can place. */
export function unknownDispositionToRow(unknown: UnknownDisposition): DispositionRow {
  return {
    disposition_id: dispositionId(unknown),
    decision_id: unknown.decisionId,
    treatment_id: unknown.treatmentId,
    offer_id: null,
    offer_group: null,
    placement_id: null,
    channel: null,
    direction: null,
    strategy_id: null,
    arm: null,
    variant: null,
    customer_id: null,
    persona_id: null,
    disposition: unknown.disposition,
    response: null,
    occurred_at: unknown.occurredAt,
    received_at: unknown.receivedAt,
    decided_at: null,
    touchpoint: unknown.touchpoint,
    is_late: false,
    is_unknown: true,
    propensity: null,
    probability: null,
    value_minor: unknown.valueMinor ?? null,
    currency: unknown.currency ?? null,
    ...detailColumns(unknown.details),
  };
}
