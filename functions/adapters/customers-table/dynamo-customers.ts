import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { storeOf } from '#adapters/dynamodb/batch-reader.ts';
import { decodeDay } from '#domain/profile/day-codec.ts';
import type { DayRecord } from '#domain/profile/day-record.ts';
import { decodeState } from '#domain/profile/state-codec.ts';
import { type KeptDays, recentPage } from '#domain/profile/timeline.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { Customer, Customers } from '#ports/customers.ts';
import { ledgerOf } from './contact-ledger-items.ts';
import { type CustomerItems, customerItems } from './customer-items.ts';
import { contactsKey, customerPartition, dateOfSort, daySortPrefix, isDay, segmentsKey } from './keys.ts';
import { membershipFrom } from './membership-items.ts';
import { fromAttributes } from './persona-items.ts';

/** Days of each persona that one timeline read takes at most. */
const daysAPage = 40;

/** Customers in their table, each read in at most two round trips. */
export function dynamoCustomers(client: DynamoDBClient, table: string): Customers {
  const store = storeOf(client, table);

  /** The latest days of a persona up to one, that are items of their own. */
  async function movedDays(personaId: string, lastDay: string): Promise<KeptDays> {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: {
          ':pk': { S: customerPartition(personaId) },
          ':first': { S: daySortPrefix('') },
          ':last': { S: `${daySortPrefix(lastDay)}~` },
        },
        ScanIndexForward: false,
        Limit: daysAPage,
      }),
    );
    const items = Items.map(fromAttributes);
    const from = LastEvaluatedKey === undefined ? undefined : items.at(-1)?.sk;
    const completeFrom = from === undefined ? undefined : Date.parse(dateOfSort(from));
    return { days: items.map(({ record }) => decodeDay(record)), completeFrom };
  }

  return {
    async customer(personaId) {
      return customerOf(await customerItems(store, personaId));
    },

    async view(personaId) {
      const items = await customerItems(store, personaId, { ofCustomer: segmentsKey });
      const customer = customerOf(items);
      return customer && { ...customer, segments: membershipFrom(items.customerId, items.own).members };
    },

    async contacts(customerId) {
      const key = contactsKey(customerId);
      return ledgerOf(customerId, (await store.read([key])).get(key)).ledger?.contacts ?? [];
    },

    async recentTimeline(personaId, until, limit) {
      const lastDay = new Date(until.at).toISOString().slice(0, 10);
      const moved = new Map<string, KeptDays>();
      const items = await customerItems(store, personaId, {
        also: async (id) => moved.set(id, await movedDays(id, lastDay)),
      });
      const customer = customerOf(items);
      if (customer === undefined) return undefined;
      const kept = [...moved].flatMap(([id, days]) => (items.personaIds.includes(id) ? [days] : []));
      const page = recentPage([{ days: recentDays(items), completeFrom: undefined }, ...kept], until, limit);
      return { ...customer, page };
    },
  };
}

function customerOf({ customerId, personaIds, states }: CustomerItems): Customer | undefined {
  if (states.size === 0) return undefined;
  const personas = [...states]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([personaId, { version, record }]) => ({ personaId, version, state: decodeState(record) }));
  return { customerId, personaIds, personas };
}

/** The days that stand with the states. */
function recentDays({ states }: CustomerItems): DayRecord[] {
  return [...states.values()].flatMap(({ recent }) =>
    [...(recent ?? [])].flatMap(([sort, { text }]) => (isDay(sort) ? [decodeDay(text)] : [])),
  );
}
