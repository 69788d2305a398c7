import { dynamoCampaigns } from '#handlers/wiring/dynamo-campaigns.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { ChunkTask } from '#runtime/workflow.ts';
import { appraiseBatch } from '#use-cases/campaign/appraise-batch.ts';

export const handler = withRuntime('appraise-batch', ChunkTask, () => appraiseBatch(dynamoCampaigns()));
