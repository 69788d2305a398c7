import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { DayCounts } from '#ports/day-counts.ts';
import { parse } from '#runtime/parse.ts';
import { sentKey } from './keys.ts';

/** Counts are of no use after their day; functions' clocks differ. */
const keptSeconds = 2 * 86_400;

const Attributes = z.object({ events: z.object({ N: z.string().regex(/^\d+$/) }) });

/**
 * Day counts in the table of arrivals, an item a credential and day: whoever may write it can change no credential. No message's key is
 * like an item's here, for those are hashes.
 */
export function dynamoDayCounts(client: DynamoDBClient, table: string): DayCounts {
  return {
    async add(credentialId, day, events) {
      const { Attributes: attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: sentKey(credentialId, day),
          UpdateExpression: 'ADD events :events SET expiresAt = :expiry',
          ExpressionAttributeValues: {
            ':events': { N: String(events) },
            ':expiry': { N: String(Date.parse(day) / 1000 + keptSeconds) },
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Number(parse(Attributes, attributes, 'A count of a day').events.N);
    },
  };
}
