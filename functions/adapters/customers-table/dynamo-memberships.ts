import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { conditionalWrite } from '#adapters/dynamodb/conditional-write.ts';
import { keyAttributes } from '#adapters/dynamodb/read-items.ts';
import type { Memberships } from '#ports/memberships.ts';
import { dueItem } from './due-items.ts';
import { segmentsKey } from './keys.ts';
import { membershipFrom, putOfMembership } from './membership-items.ts';

/**
 * Memberships in the customers table: a GetItem to load, a conditional PutItem to save, and another PutItem before it when the
 * time of the next change is a new one. A crash between the two leaves a customer who is looked at once in vain.
 */
export function dynamoMemberships(client: DynamoDBClient, table: string): Memberships {
  return {
    async load(customerId) {
      const Key = keyAttributes(segmentsKey(customerId));
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return membershipFrom(customerId, Item);
    },

    async save(before, found, atMs) {
      if (found.nextChangeMs !== undefined && found.nextChangeMs !== before.nextChangeMs) {
        const Item = dueItem(before.customerId, found.nextChangeMs);
        await client.send(new PutItemCommand({ TableName: table, Item }));
      }
      const put = putOfMembership(before, found, atMs);
      return conditionalWrite(client.send(new PutItemCommand({ TableName: table, ...put })));
    },
  };
}
