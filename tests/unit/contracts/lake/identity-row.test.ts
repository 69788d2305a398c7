import { describe, expect, test } from 'vitest';
import { IdentityLinkRow } from '#contracts/lake/identity-links/identity-links-table.ts';
import { identityChangeToRows } from '#contracts/lake/identity-links/identity-row.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { IdentityChange, IdentityEvent } from '#domain/identity/identity-change.ts';

const user = `user_id:${'1'.repeat(32)}`;
const email = `email:${'2'.repeat(32)}`;
const rowsOf = (event: IdentityEvent) => {
  const change: IdentityChange = {
    clusterId: 'cluster-1',
    epoch: 7,
    index: 3,
    recordedAt: '2026-03-10T12:00:00.000Z',
    ...event,
  };
  return identityChangeToRows(change).map((row) => IdentityLinkRow.strict().parse(row));
};
const link = { identifier: user, otherIdentifier: email, occurredAt: '2026-03-01T00:00:00.000Z' };
const userFields = { identifier_type: 'user_id', identifier_hash: '1'.repeat(32), persona_id: personaOfKey(user) };
const emailFields = { other_type: 'email', other_hash: '2'.repeat(32), other_persona_id: personaOfKey(email) };

describe('the row of', () => {
  test.each<[IdentityEvent, Partial<IdentityLinkRow>]>([
    [
      { kind: 'link', ...link },
      { ...userFields, ...emailFields, occurred_at: link.occurredAt },
    ],
    [
      { kind: 'customer', identifier: user, customerId: 'a', previousCustomerId: 'b' },
      { ...userFields, customer_id: 'a', previous_customer_id: 'b' },
    ],
    [
      { kind: 'refusal', ...link, reason: 'most_of_type', type: 'user_id', customerId: 'a', otherCustomerId: 'b' },
      { ...userFields, ...emailFields, reason: 'most_of_type user_id', customer_id: 'a', previous_customer_id: 'b' },
    ],
    [{ kind: 'share', identifier: user }, userFields],
    [{ kind: 'unshare', identifier: user }, userFields],
    [
      { kind: 'cut', askedBy: 'c', fromPersonaId: 'p', personaId: 'q', left: [user], right: [email] },
      { persona_id: 'q', other_persona_id: 'p', asked_by: 'c', left_identifiers: [user], right_identifiers: [email] },
    ],
  ])('%j says all of it', (event, fields) => {
    const place = {
      cluster_id: 'cluster-1',
      epoch: 7,
      change_id: 'cluster-1-7-3-0',
      recorded_at: '2026-03-10T12:00:00.000Z',
    };
    expect(rowsOf(event)).toMatchObject([{ kind: event.kind, ...place, ...fields }]);
  });

  test('a merge is one for each customer that is no more', () => {
    const rows = rowsOf({ kind: 'merge', customerId: 'a', mergedCustomerIds: ['b', 'c'] });
    expect(rows.map((row) => [row.change_id, row.customer_id, row.previous_customer_id])).toEqual([
      ['cluster-1-7-3-0', 'a', 'b'],
      ['cluster-1-7-3-1', 'a', 'c'],
    ]);
  });

  test('an unmerge is one for each customer that there is then', () => {
    const rows = rowsOf({ kind: 'unmerge', previousCustomerId: 'a', customerIds: ['a', 'b'], reason: 'asked' });
    expect(rows.map((row) => [row.customer_id, row.previous_customer_id, row.reason])).toEqual([
      ['a', 'a', 'asked'],
      ['b', 'a', 'asked'],
    ]);
  });
});
