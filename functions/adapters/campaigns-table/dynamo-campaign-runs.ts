import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { conditionalWrite, ifAbsent, ifVersion } from '#adapters/dynamodb/conditional-write.ts';
import { queryPartition } from '#adapters/dynamodb/query-partition.ts';
import { keyAttributes, readItems } from '#adapters/dynamodb/read-items.ts';
import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import type { CampaignRuns } from '#ports/campaign-runs.ts';
import { parse } from '#runtime/parse.ts';
import {
  campaignKey,
  campaignPartition,
  choosingKey,
  choosingPartition,
  runKey,
  runOfCampaignKey,
  runOfCampaignPrefix,
} from './keys.ts';
import { runIn, runItem } from './run-items.ts';

const Counted = z.object({ ordinal: z.int() });
const Named = z.object({ runId: z.string() });
const Choosing = z.object({
  runId: z.string(),
  campaignId: z.string(),
  part: z.string(),
  chunks: z.int().optional(),
  sinceMs: z.number(),
  hasChosen: z.boolean(),
});

/** Runs in the campaigns table: an item each, a name of it in its campaign's partition, and the campaign's count of them. */
export function dynamoCampaignRuns(client: DynamoDBClient, table: string): CampaignRuns {
  const get = async (runId: string) => {
    const Key = keyAttributes(runKey(runId));
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item === undefined ? undefined : runIn(Item);
  };

  return {
    async nextOrdinal(campaignId) {
      const Key = keyAttributes(campaignKey(campaignId));
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item === undefined ? 1 : parse(Counted, unmarshall(Item), 'A campaign’s count of runs').ordinal + 1;
    },

    async create(run) {
      const { runId, campaignId, ordinal, dryRun } = run;
      const name = marshall({ ...runOfCampaignKey(campaignId, ordinal, runId), runId });
      const written = await conditionalWrite(
        client.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              { Put: { TableName: table, Item: runItem(run), ...ifAbsent } },
              { Put: { TableName: table, Item: name } },
              ...(dryRun ? [] : [{ Update: countRun(table, campaignId, ordinal) }]),
            ],
          }),
        ),
      );
      return written === 'saved' ? 'created' : 'exists';
    },

    find: get,

    async list(campaignId, most) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: {
            ':pk': { S: campaignPartition(campaignId) },
            ':prefix': { S: runOfCampaignPrefix },
          },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: most,
        }),
      );
      const names = Items.map((item) => parse(Named, unmarshall(item), 'The name of a run').runId);
      const items = await readItems(client, table, names.map(runKey));
      return names.flatMap((runId): CampaignRun[] => {
        const item = items.get(runKey(runId));
        return item === undefined ? [] : [runIn(item)];
      });
    },

    save: (run) => {
      const put = { TableName: table, Item: runItem({ ...run, version: run.version + 1 }), ...ifVersion(run.version) };
      return conditionalWrite(client.send(new PutItemCommand(put)));
    },

    async choosing() {
      const items = await queryPartition(client, table, choosingPartition);
      return items.map((item) => parse(Choosing, unmarshall(item), 'A run that chooses'));
    },

    async enterChoice(run) {
      const Item = marshall({ ...choosingKey(run.runId), ...run }, { removeUndefinedValues: true });
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },

    async leaveChoice(runId) {
      await client.send(new DeleteItemCommand({ TableName: table, Key: keyAttributes(choosingKey(runId)) }));
    },
  };
}

/** A run has the ordinal after the last one, or is not made. */
function countRun(table: string, campaignId: string, ordinal: number) {
  return {
    TableName: table,
    Key: keyAttributes(campaignKey(campaignId)),
    UpdateExpression: 'SET #ordinal = :ordinal',
    ConditionExpression: ordinal === 1 ? 'attribute_not_exists(pk)' : '#ordinal = :before',
    ExpressionAttributeNames: { '#ordinal': 'ordinal' },
    ExpressionAttributeValues: {
      ':ordinal': { N: String(ordinal) },
      ...(ordinal === 1 ? {} : { ':before': { N: String(ordinal - 1) } }),
    },
  };
}
