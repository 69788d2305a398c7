import { dynamoRuns } from '#handlers/wiring/dynamo-runs.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { changeCampaignRun } from './change-campaign-run.ts';

/** Which channel a placement is on hardly ever changes. */
const catalogueFreshMs = 30_000;

export const handler = withHttp('change-campaign-run', () => changeCampaignRun(dynamoRuns({ catalogueFreshMs })));
