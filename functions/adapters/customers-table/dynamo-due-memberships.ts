import { DeleteItemCommand, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { DueMemberships } from '#ports/due-memberships.ts';
import { gather } from '#runtime/gather.ts';
import { parse } from '#runtime/parse.ts';
import { duePartitions } from './keys.ts';

/** Items of a shard that are deleted at a time. */
const width = 8;

const DueItem = z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) });

/** The index of due memberships in the customers table: a query a shard, a delete a customer. */
export function dynamoDueMemberships(client: DynamoDBClient, table: string): DueMemberships {
  async function wakeShard(partition: string, wake: (customerIds: readonly string[]) => Promise<void>) {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: partition } },
        // What was put a moment before midnight counts.
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) {
      const due = Items.map((item) => parse(DueItem, item, 'An item that is due'));
      if (due.length === 0) continue;
      await wake(due.map(({ sk }) => sk.S));
      await gather(due, width, ({ pk, sk }) =>
        client.send(new DeleteItemCommand({ TableName: table, Key: { pk, sk } })),
      );
    }
  }

  return {
    async wakeAll(dueMs, wake) {
      await Promise.all(duePartitions(dueMs).map((partition) => wakeShard(partition, wake)));
    },
  };
}
