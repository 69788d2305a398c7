import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Arrivals } from '#ports';
import { ArrivalsUnavailableError } from '#shared/errors.ts';
import { gather } from '#shared/gather.ts';
import { parse } from '#shared/parse.ts';

/** As long as profiles remember message ids. */
const keptSeconds = 35 * 86_400;

/** Calls at the same time; an SDK has 50 connections. */
const width = 25;

const Attributes = z.object({ firstMs: z.object({ N: z.string().regex(/^\d+$/) }) });

/** First arrivals in their table, an item a message, one UpdateItem each: whoever comes first writes, and all read the same. */
export function dynamoArrivals(client: DynamoDBClient, table: string): Arrivals {
  async function firstOf(key: string, nowMs: number): Promise<number> {
    const answer = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { message: { S: key } },
        UpdateExpression: 'SET firstMs = if_not_exists(firstMs, :now), expiresAt = if_not_exists(expiresAt, :expiry)',
        ExpressionAttributeValues: {
          ':now': { N: String(nowMs) },
          ':expiry': { N: String(Math.floor(nowMs / 1000) + keptSeconds) },
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return Number(parse(Attributes, answer.Attributes, 'A first arrival').firstMs.N);
  }

  return {
    async first(keys, nowMs) {
      try {
        return await gather(keys, width, (key) => firstOf(key, nowMs));
      } catch (cause) {
        throw new ArrivalsUnavailableError('The first arrival of a message is not known', { cause });
      }
    },
  };
}
