import { describe, expect, test } from 'vitest';
import {
  RejectedInteractionRow,
  rejectedInteractionsTable,
} from '#contracts/lake/rejected-interactions/rejected-interactions-table.ts';
import { rejectionToRow } from '#contracts/lake/rejected-interactions/rejection-row.ts';
import { columnsOf } from '#contracts/lake/table.ts';
import { rejection } from '#support/builders/interaction.ts';

describe('the row of a rejection', () => {
  test('has the reason, the path and the sealed payload', () => {
    expect(
      rejectionToRow(rejection({ payloadPart: 2, payloadParts: 3 }), { touchpoint: 'app', trust: 'public' }),
    ).toEqual({
      trust: 'public',
      rejection_id: 'r-1',
      received_at: '2026-03-10T12:00:00.000Z',
      touchpoint: 'app',
      reason: 'missing_identity',
      path: 'userId',
      detail: 'An event needs a userId or an anonymousId.',
      type: 'track',
      message_id: 'm-1',
      events: 1,
      payload: 'c2VhbGVk',
      payload_part: 2,
      payload_parts: 3,
    });
  });

  test('has exactly the table’s columns, in their order and of their types', () => {
    const row = rejectionToRow(rejection({ type: null, messageId: null }), { touchpoint: 'web' });
    expect(Object.keys(row)).toEqual(columnsOf(rejectedInteractionsTable).map(({ name }) => name));
    expect(RejectedInteractionRow.strict().parse(row)).toEqual(row);
  });

  test('loses an address that stands where the type does', () => {
    expect(rejectionToRow(rejection({ type: 'ann@example.org' }), { touchpoint: 'web' }).type).toBe('[removed]');
  });
});
