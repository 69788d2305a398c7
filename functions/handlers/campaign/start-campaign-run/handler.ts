import { randomBytes } from 'node:crypto';
import { dynamoRuns } from '#handlers/wiring/dynamo-runs.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { startCampaignRun } from './start-campaign-run.ts';

export const handler = withHttp('start-campaign-run', () =>
  startCampaignRun({ ...dynamoRuns({ catalogueFreshMs: 0 }), newId: () => randomBytes(4).toString('hex') }),
);
