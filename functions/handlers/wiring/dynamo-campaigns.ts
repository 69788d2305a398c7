import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { dynamoCampaignEntries } from '#adapters/campaigns-table/dynamo-campaign-entries.ts';
import { dynamoCampaignRuns } from '#adapters/campaigns-table/dynamo-campaign-runs.ts';
import { dynamoContacts } from '#adapters/campaigns-table/dynamo-contacts.ts';
import { s3RunFiles } from '#adapters/s3/s3-run-files.ts';
import { environment } from '#runtime/environment.ts';
import type { CampaignDeps } from '#use-cases/campaign/campaign-deps.ts';
import { dynamoDecisionDeps } from './dynamo-decision-maker.ts';
import { stageIdentityKey } from './stage-identity-key.ts';

/** What runs of campaigns are made with, on the tables and in the bucket that the environment names. */
export function dynamoCampaigns(): CampaignDeps {
  const { CAMPAIGNS_TABLE, LAKE_BUCKET } = environment('CAMPAIGNS_TABLE', 'LAKE_BUCKET');
  const client = new DynamoDBClient({});
  return {
    ...dynamoDecisionDeps(client),
    runs: dynamoCampaignRuns(client, CAMPAIGNS_TABLE),
    contacts: dynamoContacts(client, CAMPAIGNS_TABLE),
    entries: dynamoCampaignEntries(client, CAMPAIGNS_TABLE),
    files: s3RunFiles(new S3Client({}), LAKE_BUCKET),
    identityKey: stageIdentityKey(),
  };
}
