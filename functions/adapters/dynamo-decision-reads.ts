import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type ContactLedger, emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { byCodeUnit } from '#domain/profile/bounded-map.ts';
import { decodeState, type PersonaState } from '#domain/profile/profile.ts';
import type { DecidedCustomer, DecisionReads, StoredLedger } from '#ports';
import { PersonaContendedError } from '#shared/errors.ts';
import { fullJitter } from '#shared/pause.ts';
import { contactsSort, ledgerOf } from './contact-ledger-items.ts';
import { customerItems } from './customer-items.ts';
import { decisionIn, decisionPartition, decisionSort } from './decision-items.ts';
import { pointerFrom, pointerKey } from './identity-items.ts';
import { customerPartition, fromAttributes, personaSort } from './persona-items.ts';

type Attributes = Record<string, AttributeValue>;
interface Key {
  readonly table: string;
  readonly pk: string;
  readonly sk: string;
}

const attempts = 5;

/**
 * What decisions read, in the tables of customers and decisions: one Query, and one BatchGetItem for a customer of several
 * personas. Pointers are believed as long as the contact ledger that they lead to counts the persona: each merge and each
 * unmerge writes the ledgers that it leaves, so a ledger without it sends the reader to the cluster itself.
 */
export function dynamoDecisionReads(
  client: DynamoDBClient,
  tables: { readonly customers: string; readonly decisions: string },
  pause = fullJitter(10, 100),
): DecisionReads {
  const { customers: table } = tables;
  const stateOf = (personaId: string): Key => ({ table, pk: customerPartition(personaId), sk: personaSort(personaId) });
  const contactsOf = (customerId: string): Key => ({ table, pk: customerPartition(customerId), sk: contactsSort });

  async function read(keys: readonly Key[], ConsistentRead: boolean): Promise<(key: Key) => Attributes | undefined> {
    const found = new Map<string, Attributes>();
    let left = Object.fromEntries(
      [...Map.groupBy(keys, (key) => key.table)].map(([name, own]) => [
        name,
        { Keys: own.map(({ pk, sk }): Attributes => ({ pk: { S: pk }, sk: { S: sk } })), ConsistentRead },
      ]),
    );
    for (let attempt = 1; Object.keys(left).length > 0; attempt++) {
      if (attempt > attempts) throw new PersonaContendedError(`Some keys stayed unread after ${attempts} reads`);
      if (attempt > 1) await pause(attempt);
      const { Responses = {}, UnprocessedKeys = {} } = await client.send(
        new BatchGetItemCommand({ RequestItems: left }),
      );
      for (const [name, items] of Object.entries(Responses)) {
        for (const item of items) found.set(`${name} ${item.pk?.S} ${item.sk?.S}`, item);
      }
      left = Object.fromEntries(
        Object.entries(UnprocessedKeys).flatMap(([name, { Keys = [] }]) =>
          Keys.length === 0 ? [] : [[name, { Keys, ConsistentRead }]],
        ),
      );
    }
    return ({ table: name, pk, sk }) => found.get(`${name} ${pk} ${sk}`);
  }

  /** The customer by its cluster. */
  async function byCluster(personaId: string): Promise<DecidedCustomer> {
    const { customerId, personaIds, states } = await customerItems({ client, table }, personaId);
    const items = await read([contactsOf(customerId)], true);
    const before = ledgerOf(customerId, items(contactsOf(customerId)));
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
  async function readPersona(
    personaId: string,
    ConsistentRead: boolean,
  ): Promise<(key: Key) => Attributes | undefined> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': { S: customerPartition(personaId) }, ':sk': { S: 'persona' } },
        ConsistentRead,
      }),
    );
    return ({ pk, sk }) => Items.find((item) => item.pk?.S === pk && item.sk?.S === sk);
  }

  async function readDecision(decisionId: string): Promise<Decision | undefined> {
    const key = { table: tables.decisions, pk: decisionPartition(decisionId), sk: decisionSort };
    const item = (await read([key], true))(key);
    return item && decisionIn([item], decisionId);
  }

  return {
    async load(personaId, freshness, decisionId) {
      const isLatest = freshness === 'latest';
      const pointerAt = { table, ...pointerKey(personaId) };
      const [items, made] = await Promise.all([
        readPersona(personaId, isLatest),
        decisionId === undefined ? undefined : readDecision(decisionId),
      ]);
      const pointerItem = items(pointerAt);
      const pointer = pointerItem && pointerFrom(pointerItem);
      const customerId = pointer?.customerId ?? personaId;
      const others = (pointer?.personaIds ?? []).filter((id) => id !== personaId).map(stateOf);
      const more = [...others, ...(customerId === personaId ? [] : [contactsOf(customerId)])];
      const itemsToo = more.length === 0 ? items : await read(more, isLatest);
      const before = ledgerOf(customerId, (customerId === personaId ? items : itemsToo)(contactsOf(customerId)));
      const ledger = countingLedger(before, personaId, pointer?.personaIds ?? []);
      if (ledger === undefined) return { customer: await byCluster(personaId), made };
      const states = [...statesIn(items, [stateOf(personaId)]), ...statesIn(itemsToo, others)];
      return { customer: { customerId, states, before, ledger }, made };
    },
  };
}

function statesIn(items: (key: Key) => Attributes | undefined, keys: readonly Key[]): PersonaState[] {
  return keys.flatMap((key) => {
    const item = items(key);
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
