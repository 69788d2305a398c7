import { partsOfKey, personaOfKey } from '#domain/identity/identifier-key.ts';
import type { IdentityChange } from '#domain/identity/identity-change.ts';
import type { IdentityLinkRow } from './identity-links-table.ts';

/** The lake's rows of a change of identities: one, or one for each customer that a merge or an unmerge is about. */
export function identityChangeToRows(change: IdentityChange): IdentityLinkRow[] {
  const { clusterId, epoch, index, recordedAt } = change;
  const row = (fields: Partial<IdentityLinkRow>, part = 0): IdentityLinkRow => ({
    ...blank,
    change_id: `${clusterId}-${epoch}-${index}-${part}`,
    kind: change.kind,
    recorded_at: recordedAt,
    cluster_id: clusterId,
    epoch,
    ...fields,
  });
  switch (change.kind) {
    case 'link':
      return [
        row({
          ...identifierFields(change.identifier),
          ...otherFields(change.otherIdentifier),
          occurred_at: change.occurredAt,
        }),
      ];
    case 'customer':
      return [
        row({
          ...identifierFields(change.identifier),
          customer_id: change.customerId,
          previous_customer_id: change.previousCustomerId,
        }),
      ];
    case 'merge':
      return change.mergedCustomerIds.map((previous_customer_id, part) =>
        row({ customer_id: change.customerId, previous_customer_id }, part),
      );
    case 'refusal':
      return [
        row({
          ...identifierFields(change.identifier),
          ...otherFields(change.otherIdentifier),
          occurred_at: change.occurredAt,
          customer_id: change.customerId,
          previous_customer_id: change.otherCustomerId,
          reason: change.type === undefined ? change.reason : `${change.reason} ${change.type}`,
        }),
      ];
    case 'share':
    case 'unshare':
      return [row(identifierFields(change.identifier))];
    case 'unmerge':
      return change.customerIds.map((customer_id, part) =>
        row({ customer_id, previous_customer_id: change.previousCustomerId, reason: change.reason }, part),
      );
    case 'cut':
      return [
        row({
          persona_id: change.personaId,
          other_persona_id: change.fromPersonaId,
          asked_by: change.askedBy,
          left_identifiers: change.left,
          right_identifiers: change.right,
        }),
      ];
  }
}

const blank = {
  occurred_at: null,
  identifier_type: null,
  identifier_hash: null,
  persona_id: null,
  other_type: null,
  other_hash: null,
  other_persona_id: null,
  customer_id: null,
  previous_customer_id: null,
  reason: null,
  asked_by: null,
  left_identifiers: [],
  right_identifiers: [],
} satisfies Partial<IdentityLinkRow>;

function identifierFields(key: string) {
  const { type, hash } = partsOfKey(key);
  return { identifier_type: type, identifier_hash: hash, persona_id: personaOfKey(key) };
}

function otherFields(key: string) {
  const { type, hash } = partsOfKey(key);
  return { other_type: type, other_hash: hash, other_persona_id: personaOfKey(key) };
}
