import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { decodeDay, decodeState, inOrder } from '#domain/profile/profile.ts';
import { isOlder, mergeTimelines } from '#domain/profile/timeline.ts';
import type { Customers } from '#ports';
import {
  customerPartition,
  daySortPrefix,
  fromAttributes,
  personaOfSort,
  personaSort,
  type StoredItem,
} from './persona-items.ts';

/** Days that one timeline read takes at most. */
const daysAPage = 40;

const everyPersona = ['begins_with(sk, :prefix)', { ':prefix': personaSort('') }, { ConsistentRead: true }] as const;

/** Customers in their table: each question is one round trip of Queries to the customer's partition. */
export function dynamoCustomers(client: DynamoDBClient, table: string): Customers {
  async function query(
    customerId: string,
    condition: string,
    values: Record<string, string>,
    more: Partial<QueryCommandInput> = {},
  ) {
    const names = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { S: value }]));
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: `pk = :pk AND ${condition}`,
        ExpressionAttributeValues: { ':pk': { S: customerPartition(customerId) }, ...names },
        ...more,
      }),
    );
    return { items: Items.map((item): StoredItem => fromAttributes(item)), isComplete: LastEvaluatedKey === undefined };
  }

  return {
    async personas(customerId) {
      const { items } = await query(customerId, ...everyPersona);
      return items.map(({ sk, version, record }) => ({
        personaId: personaOfSort(sk),
        version,
        state: decodeState(record),
      }));
    },

    async recentTimeline(customerId, until, limit) {
      const lastDay = new Date(until.at).toISOString().slice(0, 10);
      const [{ items: personas }, { items: days, isComplete }] = await Promise.all([
        query(customerId, ...everyPersona),
        query(
          customerId,
          'sk BETWEEN :first AND :last',
          { ':first': daySortPrefix(''), ':last': `${daySortPrefix(lastDay)}~` },
          { ScanIndexForward: false, Limit: daysAPage },
        ),
      ]);
      const recent = personas.flatMap((persona) =>
        [...(persona.recent ?? [])].flatMap(([sort, { text }]) => (sort.startsWith(daySortPrefix('')) ? [text] : [])),
      );
      const older = [...recent, ...days.map(({ record }) => record)].map((record) =>
        inOrder(decodeDay(record)).filter((entry) => isOlder(entry, until)),
      );
      const entries = mergeTimelines(older, limit + 1);
      return { entries: entries.slice(0, limit), isComplete: isComplete && entries.length <= limit };
    },
  };
}
