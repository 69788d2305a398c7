import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { dynamoCampaignRuns } from '#adapters/campaigns-table/dynamo-campaign-runs.ts';
import { dynamoContacts } from '#adapters/campaigns-table/dynamo-contacts.ts';
import { dynamoSendingRuns } from '#adapters/campaigns-table/dynamo-sending-runs.ts';
import { sfnRunWorkflow } from '#adapters/step-functions/sfn-run-workflow.ts';
import { environment } from '#runtime/environment.ts';
import { freshDynamoCatalogue } from './fresh-dynamo-catalogue.ts';

/** What runs are begun, watched and changed with, on the tables and the workflow that the environment names. */
export function dynamoRuns({ catalogueFreshMs }: { readonly catalogueFreshMs: number }) {
  const { CAMPAIGNS_TABLE, CAMPAIGN_RUN_ARN } = environment('CAMPAIGNS_TABLE', 'CAMPAIGN_RUN_ARN');
  const client = new DynamoDBClient({});
  return {
    runs: dynamoCampaignRuns(client, CAMPAIGNS_TABLE),
    contacts: dynamoContacts(client, CAMPAIGNS_TABLE),
    sendingRuns: dynamoSendingRuns(client, CAMPAIGNS_TABLE),
    workflow: sfnRunWorkflow(new SFNClient({}), CAMPAIGN_RUN_ARN),
    catalogue: freshDynamoCatalogue(client, catalogueFreshMs),
    now: Date.now,
  };
}
