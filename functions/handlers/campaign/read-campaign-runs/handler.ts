import { S3Client } from '@aws-sdk/client-s3';
import { s3RunFiles } from '#adapters/s3/s3-run-files.ts';
import { dynamoRuns } from '#handlers/wiring/dynamo-runs.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { readCampaignRuns } from './read-campaign-runs.ts';

export const handler = withHttp('read-campaign-runs', () => {
  const { LAKE_BUCKET } = environment('LAKE_BUCKET');
  return readCampaignRuns({ ...dynamoRuns({ catalogueFreshMs: 0 }), files: s3RunFiles(new S3Client({}), LAKE_BUCKET) });
});
