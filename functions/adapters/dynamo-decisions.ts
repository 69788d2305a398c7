import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Decisions } from '#ports';
import { ifAbsent, putTogether } from './conditional-write.ts';
import { decisionIn, decisionItems, decisionPartition, decisionSort } from './decision-items.ts';

/**
 * Decisions in their table: one conditional PutItem a batch, one Query to find one. A batch too large for an item is one
 * transaction, of 4 MB at most: who makes it at the same time finds all of it or nothing.
 */
export function dynamoDecisions(client: DynamoDBClient, table: string): Decisions {
  return {
    async save(decisions) {
      const puts = decisionItems(decisions).map((Item) => ({ TableName: table, Item, ...ifAbsent }));
      return (await putTogether(client, puts)) === 'saved' ? 'saved' : 'exists';
    },

    async find(decisionId) {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
          ExpressionAttributeValues: { ':pk': { S: decisionPartition(decisionId) }, ':sk': { S: decisionSort } },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) {
        const found = decisionIn(Items, decisionId);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}
