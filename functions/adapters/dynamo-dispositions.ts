import { type AttributeValue, type DynamoDBClient, PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dispositionId, ToldDisposition } from '#domain/disposition/told-disposition.ts';
import type { Dispositions } from '#ports';
import { parseJson } from '#shared/parse.ts';
import { decisionIn, decisionPartition, decisionSort } from './decision-items.ts';
import { isConflict } from './is-conflict.ts';

/** As long as the decision and a window more: what is told of it again has no effect for so long. */
const keptSeconds = 75 * 86_400;

const Item = z.object({ told: z.object({ S: z.string() }) });

/** Dispositions in the table of decisions, each an item in its decision's partition: one Query to load, one conditional PutItem each. */
export function dynamoDispositions(client: DynamoDBClient, table: string): Dispositions {
  return {
    async load(decisionId) {
      const items: Record<string, AttributeValue>[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: decisionPartition(decisionId) } },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) items.push(...Items);
      const told = items.flatMap((item) => {
        const read = Item.safeParse(item);
        return read.success ? [parseJson(ToldDisposition, read.data.told.S, 'A disposition')] : [];
      });
      return {
        decision: decisionIn(
          items.filter(({ sk }) => sk?.S?.startsWith(decisionSort)),
          decisionId,
        ),
        told: new Map(told.map((each) => [dispositionId(each), each])),
      };
    },

    async save(told, nowMs) {
      const Item = {
        pk: { S: decisionPartition(told.decisionId) },
        sk: { S: dispositionId(told) },
        told: { S: JSON.stringify(told) },
        expiresAt: { N: String(Math.floor(nowMs / 1000) + keptSeconds) },
      };
      try {
        await client.send(
          new PutItemCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
        );
        return 'saved';
      } catch (error) {
        if (isConflict(error)) return 'exists';
        throw error;
      }
    },
  };
}
