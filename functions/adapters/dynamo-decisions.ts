import { type DynamoDBClient, PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Decisions } from '#ports';
import { decisionIn, decisionItems, decisionPartition, decisionSort } from './decision-items.ts';
import { isConflict } from './is-conflict.ts';

/** Decisions in their table: one conditional PutItem a batch, one Query to find one. */
export function dynamoDecisions(client: DynamoDBClient, table: string): Decisions {
  return {
    async save(decisions) {
      const [first, ...more] = decisionItems(decisions);
      // The first item tells whether the batch is there: it comes last.
      for (const Item of more) await client.send(new PutItemCommand({ TableName: table, Item }));
      try {
        await client.send(
          new PutItemCommand({ TableName: table, Item: first, ConditionExpression: 'attribute_not_exists(pk)' }),
        );
        return 'saved';
      } catch (error) {
        if (isConflict(error)) return 'exists';
        throw error;
      }
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
