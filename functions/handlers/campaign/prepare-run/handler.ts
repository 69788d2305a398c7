import { dynamoCampaigns } from '#handlers/wiring/dynamo-campaigns.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { RunTask } from '#runtime/workflow.ts';
import { prepareRun } from '#use-cases/campaign/prepare-run.ts';

export const handler = withRuntime('prepare-run', RunTask, () => prepareRun(dynamoCampaigns()));
