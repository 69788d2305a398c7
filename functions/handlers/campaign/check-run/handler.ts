import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCampaignRuns } from '#adapters/campaigns-table/dynamo-campaign-runs.ts';
import { dynamoContacts } from '#adapters/campaigns-table/dynamo-contacts.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { RunTask } from '#runtime/workflow.ts';
import { checkRun } from '#use-cases/campaign/check-run.ts';

export const handler = withRuntime('check-run', RunTask, () => {
  const { CAMPAIGNS_TABLE } = environment('CAMPAIGNS_TABLE');
  const client = new DynamoDBClient({});
  return checkRun({
    runs: dynamoCampaignRuns(client, CAMPAIGNS_TABLE),
    contacts: dynamoContacts(client, CAMPAIGNS_TABLE),
    now: Date.now,
  });
});
