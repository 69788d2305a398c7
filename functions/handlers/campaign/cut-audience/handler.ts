import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { dynamoCampaignRuns } from '#adapters/campaigns-table/dynamo-campaign-runs.ts';
import { s3RunFiles } from '#adapters/s3/s3-run-files.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { RunTask } from '#runtime/workflow.ts';
import { cutAudience } from '#use-cases/campaign/cut-audience.ts';

export const handler = withRuntime('cut-audience', RunTask.extend({ manifest: z.string() }), () => {
  const { CAMPAIGNS_TABLE, LAKE_BUCKET } = environment('CAMPAIGNS_TABLE', 'LAKE_BUCKET');
  return cutAudience({
    runs: dynamoCampaignRuns(new DynamoDBClient({}), CAMPAIGNS_TABLE),
    files: s3RunFiles(new S3Client({}), LAKE_BUCKET),
  });
});
