import { dynamoCampaigns } from '#handlers/wiring/dynamo-campaigns.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { ChunkTask } from '#runtime/workflow.ts';
import { contactBatch } from '#use-cases/campaign/contact-batch.ts';

export const handler = withRuntime('contact-batch', ChunkTask, () => contactBatch(dynamoCampaigns()));
