import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { recordIn } from './decision-items.ts';
import { decisionPartition, decisionSort } from './keys.ts';

/** The record of a decision as it stands in the table, read as it is now: one Query. Throws {@link UnexpectedShapeError}. */
export async function findDecisionRecord(
  client: DynamoDBClient,
  table: string,
  decisionId: string,
): Promise<string | undefined> {
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
    const found = recordIn(Items, decisionId);
    if (found !== undefined) return found;
  }
  return undefined;
}
