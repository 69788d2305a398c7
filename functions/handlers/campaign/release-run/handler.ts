import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCampaignRuns } from '#adapters/campaigns-table/dynamo-campaign-runs.ts';
import { dynamoSendingRuns } from '#adapters/campaigns-table/dynamo-sending-runs.ts';
import { freshDynamoCatalogue } from '#handlers/wiring/fresh-dynamo-catalogue.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { RunTask } from '#runtime/workflow.ts';
import { releaseRun } from '#use-cases/campaign/release-run.ts';

/** Which channel a placement is on hardly ever changes. */
const catalogueFreshMs = 30_000;

export const handler = withRuntime('release-run', RunTask, () => {
  const { CAMPAIGNS_TABLE } = environment('CAMPAIGNS_TABLE');
  const client = new DynamoDBClient({});
  return releaseRun({
    runs: dynamoCampaignRuns(client, CAMPAIGNS_TABLE),
    sendingRuns: dynamoSendingRuns(client, CAMPAIGNS_TABLE),
    catalogue: freshDynamoCatalogue(client, catalogueFreshMs),
    now: Date.now,
  });
});
