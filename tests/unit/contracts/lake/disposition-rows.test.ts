import { describe, expect, test } from 'vitest';
import { dispositionToRow, unknownDispositionToRow } from '#contracts/lake/dispositions/disposition-rows.ts';
import { DispositionRow } from '#contracts/lake/dispositions/dispositions-table.ts';
import { capturedDisposition } from '#support/builders/captured-disposition.ts';

const unknown = {
  decisionId: 'd-9',
  treatmentId: 'tv-hero',
  disposition: 'converted',
  occurredAt: '2026-03-10T12:00:00.000Z',
  receivedAt: '2026-03-10T12:00:01.000Z',
  touchpoint: 'store',
  unknown: 'decision',
} as const;

describe('the row of a disposition', () => {
  test('has what the decision’s record says, and fits the table', () => {
    const row = dispositionToRow(capturedDisposition());
    expect(DispositionRow.parse(row)).toEqual(row);
    expect(row).toEqual({
      disposition_id: 'disposition:d-1:sale-hero:rejected',
      decision_id: 'd-1',
      treatment_id: 'sale-hero',
      offer_id: 'sale',
      offer_group: 'sales',
      placement_id: 'web/home-hero',
      channel: 'web',
      direction: 'inbound',
      strategy_id: 'everywhere',
      arm: 'champion',
      variant: 'balanced',
      customer_id: 'c-1',
      persona_id: 'p-1',
      disposition: 'rejected',
      response: false,
      occurred_at: '2026-03-10T12:00:00.000Z',
      received_at: '2026-03-10T12:00:01.000Z',
      decided_at: '2026-03-10T11:00:00.000Z',
      touchpoint: 'web',
      is_late: false,
      is_unknown: false,
      propensity: 0.1,
      probability: 1,
      value_minor: null,
      currency: null,
      reason: null,
      root_cause: null,
      agent: null,
      call_back_at: null,
      note: null,
    });
  });

  test('that came late is marked', () => {
    expect(dispositionToRow(capturedDisposition({ isLate: true })).is_late).toBe(true);
  });

  test('has the value that came of it', () => {
    const { record } = capturedDisposition();
    const row = dispositionToRow(capturedDisposition({ record: { ...record, valueMinor: 1999, currency: 'EUR' } }));
    expect([row.value_minor, row.currency]).toEqual([1999, 'EUR']);
  });

  const details = {
    reason: 'too-expensive',
    rootCause: 'competitor-offer',
    agent: 'agent-7',
    callBackAt: '2026-03-12T09:00:00.000Z',
    note: 'Prefers mornings; wife is ada@example.com',
  };
  const columns = {
    reason: 'too-expensive',
    root_cause: 'competitor-offer',
    agent: 'agent-7',
    call_back_at: '2026-03-12T09:00:00.000Z',
    note: 'Prefers mornings; wife is [removed]',
  };

  test('has what an agent told, without what leads to a person', () => {
    const { record } = capturedDisposition();
    const row = dispositionToRow(capturedDisposition({ record: { ...record, details } }));
    expect(DispositionRow.parse(row)).toMatchObject(columns);
    expect(unknownDispositionToRow({ ...unknown, details })).toMatchObject(columns);
  });

  test('of what nobody decided has what was told and nothing else', () => {
    const row = unknownDispositionToRow({ ...unknown, valueMinor: 5, currency: 'EUR' });
    expect(DispositionRow.parse(row)).toEqual(row);
    const told = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
    expect(told).toEqual({
      disposition_id: 'disposition:d-9:tv-hero:converted',
      decision_id: 'd-9',
      treatment_id: 'tv-hero',
      disposition: 'converted',
      occurred_at: '2026-03-10T12:00:00.000Z',
      received_at: '2026-03-10T12:00:01.000Z',
      touchpoint: 'store',
      is_late: false,
      is_unknown: true,
      value_minor: 5,
      currency: 'EUR',
    });
  });
});
