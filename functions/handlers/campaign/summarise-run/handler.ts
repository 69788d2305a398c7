import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { dynamoCampaignRuns } from '#adapters/campaigns-table/dynamo-campaign-runs.ts';
import { dynamoContacts } from '#adapters/campaigns-table/dynamo-contacts.ts';
import { dynamoSendingRuns } from '#adapters/campaigns-table/dynamo-sending-runs.ts';
import { s3RunFiles } from '#adapters/s3/s3-run-files.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { RunTask } from '#runtime/workflow.ts';
import { summariseRun } from '#use-cases/campaign/summarise-run.ts';

export const handler = withRuntime('summarise-run', RunTask, () => {
  const { CAMPAIGNS_TABLE, LAKE_BUCKET } = environment('CAMPAIGNS_TABLE', 'LAKE_BUCKET');
  const client = new DynamoDBClient({});
  return summariseRun({
    runs: dynamoCampaignRuns(client, CAMPAIGNS_TABLE),
    contacts: dynamoContacts(client, CAMPAIGNS_TABLE),
    sendingRuns: dynamoSendingRuns(client, CAMPAIGNS_TABLE),
    files: s3RunFiles(new S3Client({}), LAKE_BUCKET),
    now: Date.now,
  });
});
