import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { conditionalWrite } from '#adapters/dynamodb/conditional-write.ts';
import { keyAttributes, readItems } from '#adapters/dynamodb/read-items.ts';
import type { CampaignEntries, CampaignEntry } from '#ports/campaign-entries.ts';
import { parse } from '#runtime/parse.ts';
import { entryKey } from './keys.ts';

const Entry = z.object({ count: z.int(), lastAtMs: z.number(), runId: z.string() });

/** Entries in the campaigns table, an item a campaign and customer. */
export function dynamoCampaignEntries(client: DynamoDBClient, table: string): CampaignEntries {
  return {
    async of(campaignId, customerIds) {
      const items = await readItems(
        client,
        table,
        customerIds.map((each) => entryKey(campaignId, each)),
      );
      return new Map(
        customerIds.flatMap((customerId): [string, CampaignEntry][] => {
          const item = items.get(entryKey(campaignId, customerId));
          return item === undefined ? [] : [[customerId, parse(Entry, unmarshall(item), 'An entry to a campaign')]];
        }),
      );
    },

    async enter(campaignId, customerId, { runId, atMs }) {
      await conditionalWrite(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyAttributes(entryKey(campaignId, customerId)),
            UpdateExpression: 'SET lastAtMs = :at, runId = :run ADD #count :one',
            ConditionExpression: 'attribute_not_exists(runId) OR runId <> :run',
            ExpressionAttributeNames: { '#count': 'count' },
            ExpressionAttributeValues: { ':at': { N: String(atMs) }, ':run': { S: runId }, ':one': { N: '1' } },
          }),
        ),
      );
    },
  };
}
