import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { recordIn } from '#adapters/decisions-table/decision-items.ts';
import { readText } from '#adapters/decisions-table/decision-packing.ts';
import { decisionPartition, decisionSort } from '#adapters/decisions-table/keys.ts';
import { storeOf } from '#adapters/dynamodb/batch-reader.ts';
import { type ItemKey, type ReadItems, readItems } from '#adapters/dynamodb/read-items.ts';
import { type ContactLedger, emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { wholeDecision } from '#domain/decision/whole-decision.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { decodeState } from '#domain/profile/state-codec.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { StoredLedger } from '#ports/contact-ledgers.ts';
import type { DecidedCustomer, DecisionReads } from '#ports/decision-reads.ts';
import { ledgerOf } from './contact-ledger-items.ts';
import { customerItems } from './customer-items.ts';
import { pointerFrom } from './identity-items.ts';
import { contactsKey, customerPartition, decisionReadsPrefix, personaKey, pointerKey } from './keys.ts';
import { fromAttributes } from './persona-items.ts';

/**
 * What decisions read, in the tables of customers and decisions: one Query, and one BatchGetItem for a customer of several
 * personas. Pointers are believed as long as the contact ledger that they lead to counts the persona: each merge and each
 * unmerge writes the ledgers that it leaves, so a ledger without it sends the reader to the cluster itself.
 */
export function dynamoDecisionReads(
  client: DynamoDBClient,
  tables: { readonly customers: string; readonly decisions: string },
): DecisionReads {
  const { customers: table } = tables;
  const store = storeOf(client, table);

  /** The customer by its cluster. */
  async function byCluster(personaId: string): Promise<DecidedCustomer> {
    const { customerId, personaIds, states } = await customerItems(store, personaId);
    const items = await readItems(client, table, [contactsKey(customerId)]);
    const before = ledgerOf(customerId, items.get(contactsKey(customerId)));
    const own = before.ledger ?? emptyLedger(personaIds);
    return {
      customerId,
      states: [...states.values()].map(({ record }) => decodeState(record)),
      before,
      ledger: own.personas.includes(personaId)
        ? own
        : { ...own, personas: [...own.personas, personaId].sort(byCodeUnit) },
    };
  }

  /** A persona's state, pointer and ledger: their sort keys begin alike, so that one Query is billed for them together. */
  async function readPersona(personaId: string, ConsistentRead: boolean): Promise<ReadItems> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': { S: customerPartition(personaId) }, ':sk': { S: decisionReadsPrefix } },
        ConsistentRead,
      }),
    );
    return { get: ({ pk, sk }) => Items.find((item) => item.pk?.S === pk && item.sk?.S === sk) };
  }

  async function readDecision(decisionId: string): Promise<Decision | undefined> {
    const key = { pk: decisionPartition(decisionId), sk: decisionSort };
    const item = (await readItems(client, tables.decisions, [key])).get(key);
    const record = item && recordIn([item], decisionId);
    return record === undefined ? undefined : readText(record, wholeDecision);
  }

  return {
    async load(personaId, freshness, decisionId) {
      const [items, made] = await Promise.all([
        readPersona(personaId, freshness === 'latest'),
        decisionId === undefined ? undefined : readDecision(decisionId),
      ]);
      const pointerItem = items.get(pointerKey(personaId));
      const pointer = pointerItem && pointerFrom(pointerItem);
      const customerId = pointer?.customerId ?? personaId;
      const others = (pointer?.personaIds ?? []).filter((id) => id !== personaId).map(personaKey);
      const more = [...others, ...(customerId === personaId ? [] : [contactsKey(customerId)])];
      const itemsToo = more.length === 0 ? items : await readItems(client, table, more, { freshness });
      const before = ledgerOf(customerId, (customerId === personaId ? items : itemsToo).get(contactsKey(customerId)));
      const ledger = countingLedger(before, personaId, pointer?.personaIds ?? []);
      if (ledger === undefined) return { customer: await byCluster(personaId), made };
      const states = [...statesIn(items, [personaKey(personaId)]), ...statesIn(itemsToo, others)];
      return { customer: { customerId, states, before, ledger }, made };
    },
  };
}

function statesIn(items: ReadItems, keys: readonly ItemKey[]): PersonaState[] {
  return keys.flatMap((key) => {
    const item = items.get(key);
    return item === undefined ? [] : [decodeState(fromAttributes(item).record)];
  });
}

/** The ledger, if it counts the persona. */
function countingLedger(
  { ledger }: StoredLedger,
  personaId: string,
  personaIds: readonly string[],
): ContactLedger | undefined {
  if (ledger === undefined) return emptyLedger([...personaIds, personaId]);
  return ledger.personas.includes(personaId) ? ledger : undefined;
}
