import { dynamoCampaigns } from '#handlers/wiring/dynamo-campaigns.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { RunTask } from '#runtime/workflow.ts';
import { allocateRun } from '#use-cases/campaign/allocate-run.ts';
import { pricedAllocation } from '#use-cases/campaign/priced-allocation.ts';

export const handler = withRuntime('allocate-run', RunTask, () =>
  allocateRun({ ...dynamoCampaigns(), allocate: pricedAllocation }),
);
