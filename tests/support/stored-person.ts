import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ledgerOf } from '#adapters/customers-table/contact-ledger-items.ts';
import { contactsSort, customerPartition, personaSort, segmentsSort } from '#adapters/customers-table/keys.ts';
import { membershipFrom } from '#adapters/customers-table/membership-items.ts';
import { fromAttributes } from '#adapters/customers-table/persona-items.ts';
import { packText } from '#adapters/dynamodb/packed-text.ts';
import { type ContactLedger, emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import { encodeLedger } from '#domain/contact-policy/ledger-codec.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { decodeState, encodeState } from '#domain/profile/state-codec.ts';
import { withoutArrivals } from './without-arrivals.ts';

/** What the customers table holds under the id of a persona, who may be a customer of its own. */
export interface StoredPerson {
  /** The text of its state, without the identifiers that came in its events, and when its events arrived. */
  readonly state: string | undefined;
  readonly segments: { readonly members: readonly string[]; readonly nextChangeMs: number | undefined };
  readonly ledger: ContactLedger;
  /** The ledger's record as it is stored, in hex. */
  readonly ledgerBytes: string;
}

/**
 * Reads a persona's state, segments and contact ledger, without what counts writes and tells when they were: versions of all
 * three, the times at which a ledger expires and at which segments were looked at. A ledger that nobody wrote yet is an empty one.
 */
export async function storedPerson(client: DynamoDBClient, table: string, personaId: string): Promise<StoredPerson> {
  const Keys = [personaSort(personaId), contactsSort, segmentsSort].map((sk) => ({
    pk: { S: customerPartition(personaId) },
    sk: { S: sk },
  }));
  const { Responses } = await client.send(
    new BatchGetItemCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } }),
  );
  const item = (sort: string) => Responses?.[table]?.find(({ sk }) => sk?.S === sort);
  const [state, contacts] = [item(personaSort(personaId)), item(contactsSort)];
  const ledger = ledgerOf(personaId, contacts).ledger ?? emptyLedger([personaId]);
  const { members, nextChangeMs } = membershipFrom(personaId, item(segmentsSort));
  return {
    state: state && encodeState(withoutLinks(withoutArrivals(decodeState(fromAttributes(state).record)))),
    segments: { members: [...members].sort(), nextChangeMs },
    ledger,
    ledgerBytes: Buffer.from(contacts?.record?.B ?? packText(encodeLedger(ledger))).toString('hex'),
  };
}

/** The other world's visit did not carry the identifiers that link. */
function withoutLinks(state: PersonaState): PersonaState {
  return { ...state, links: new Map(), sights: new Map() };
}
