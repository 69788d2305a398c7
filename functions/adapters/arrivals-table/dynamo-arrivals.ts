import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Arrivals } from '#ports/arrivals.ts';
import { ArrivalsUnavailableError } from '#runtime/errors.ts';
import { gather } from '#runtime/gather.ts';
import { parse } from '#runtime/parse.ts';
import { messageKey } from './keys.ts';

/** As long as profiles remember message ids. */
const keptSeconds = 35 * 86_400;

/** Calls at the same time; an SDK has 50 connections. */
const width = 25;

const Attributes = z.object({ micros: z.object({ N: z.string().regex(/^\d+$/) }) });

/** Times of first arrivals in their table, an item a message, one UpdateItem each: whoever comes first writes, and all read the same. */
export function dynamoArrivals(client: DynamoDBClient, table: string): Arrivals {
  async function firstOf({ key, micros }: { key: string; micros: number }, nowMs: number): Promise<number> {
    const answer = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: messageKey(key),
        UpdateExpression: 'SET micros = if_not_exists(micros, :micros), expiresAt = if_not_exists(expiresAt, :expiry)',
        ExpressionAttributeValues: {
          ':micros': { N: String(micros) },
          ':expiry': { N: String(Math.floor(nowMs / 1000) + keptSeconds) },
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return Number(parse(Attributes, answer.Attributes, 'A first arrival').micros.N);
  }

  return {
    async first(messages, nowMs) {
      try {
        return await gather(messages, width, (message) => firstOf(message, nowMs));
      } catch (cause) {
        throw new ArrivalsUnavailableError('The time of a message’s first arrival is not known', { cause });
      }
    },
  };
}
