import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { queryPartition } from '#adapters/dynamodb/query-partition.ts';
import { keyAttributes } from '#adapters/dynamodb/read-items.ts';
import { OpenRun } from '#domain/campaign/open-run.ts';
import type { SendingRuns } from '#ports/sending-runs.ts';
import { parse } from '#runtime/parse.ts';
import { openKey, openPartition } from './keys.ts';

/** The runs that may send, an item each in one partition of the campaigns table. */
export function dynamoSendingRuns(client: DynamoDBClient, table: string): SendingRuns {
  return {
    async open() {
      const items = await queryPartition(client, table, openPartition);
      return items.map((item) => parse(OpenRun, unmarshall(item), 'A run that may send'));
    },

    async release(run) {
      const Item = marshall({ ...openKey(run.runId), ...run });
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },

    async hold(runId) {
      await client.send(new DeleteItemCommand({ TableName: table, Key: keyAttributes(openKey(runId)) }));
    },
  };
}
