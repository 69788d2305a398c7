import type { Construct } from 'constructs';
import { LoopWorkflow } from '#infra/constructs/loop-workflow.ts';
import type { StageProps } from '#infra/stages/stage.ts';
import type { CampaignSteps } from './functions.ts';

/** The workflow of a run, with all that its states may touch. */
export function campaignWorkflow(stage: Construct, { config, data: { lake } }: StageProps, steps: CampaignSteps) {
  const workflow = new LoopWorkflow(stage, 'campaign-run', {
    file: 'workflows/campaign/campaign-run.asl.json',
    functions: {
      PrepareRun: steps.prepareRun,
      CutAudience: steps.cutAudience,
      AppraiseBatch: steps.appraiseBatch,
      AllocateRun: steps.allocateRun,
      ContactBatch: steps.contactBatch,
      ReleaseRun: steps.releaseRun,
      CheckRun: steps.checkRun,
      SummariseRun: steps.summariseRun,
    },
    values: {
      LakeBucket: lake.bucket.bucketName,
      AthenaWorkgroup: lake.workgroupName,
      AthenaDatabase: lake.databaseName,
    },
    logRetention: config.logRetention,
    tracing: config.tracing,
  });
  lake.allowsAudiences(workflow.role);
  return workflow;
}
