import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { keyAttributes } from '#adapters/dynamodb/read-items.ts';
import type { SendingRates } from '#ports/sending-rates.ts';
import { parse } from '#runtime/parse.ts';
import { sentInMinuteKey } from './keys.ts';

/** Counts are of no use an hour later. */
const keptSeconds = 3600;

/** Counts of a channel's minutes, an item each: one write takes a share, and who comes late gets what is left. */
export function dynamoSendingRates(client: DynamoDBClient, table: string): SendingRates {
  return {
    async take(channel, nowMs, wanted, most) {
      const minute = new Date(nowMs).toISOString().slice(0, 16);
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyAttributes(sentInMinuteKey(channel, minute)),
          UpdateExpression: 'SET expiresAt = :expiresAt ADD taken :wanted',
          ExpressionAttributeValues: {
            ':wanted': { N: String(wanted) },
            ':expiresAt': { N: String(Math.floor(nowMs / 1000) + keptSeconds) },
          },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      const taken = parse(z.coerce.number(), Attributes?.taken?.N, 'What a channel has sent in a minute');
      return Math.max(0, Math.min(wanted, most - (taken - wanted)));
    },
  };
}
