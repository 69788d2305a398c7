import type { App } from 'aws-cdk-lib';
import type { StageConfig } from '#infra/config.ts';
import { type StackPart, stackName } from '#infra/stack-name.ts';
import { AccessStack } from './access-stack.ts';
import { ApiStack } from './api-stack.ts';
import { CampaignsStack } from './campaigns-stack.ts';
import { DataStack } from './data-stack.ts';
import { LoopStack } from './loop-stack.ts';
import { ObservabilityStack } from './observability-stack.ts';

/** Adds one stage's stacks to the app: what is kept, what runs, where touchpoints call, what watches, who may. */
export function addStacks(app: App, config: StageConfig) {
  const named = (part: StackPart) => stackName(config.stage, part);
  const { stage, account, region } = config;
  const common = {
    config,
    tags: { application: 'lemniscate', stage },
    // CDK refuses other credentials and another region than these.
    env: { ...(account && { account }), ...(region && { region }) },
  };
  const data = new DataStack(app, named('Data'), common);
  const loop = new LoopStack(app, named('Loop'), { ...common, data });
  const campaigns = new CampaignsStack(app, named('Campaigns'), { ...common, data });
  const api = new ApiStack(app, named('Api'), { ...common, data, loop, campaigns });
  const watched = [...api.stages, ...loop.stages, ...campaigns.stages, api.dispatch];
  const observability = new ObservabilityStack(app, named('Observability'), { ...common, watched });
  const access = new AccessStack(app, named('Access'), { ...common, data, running: [loop, campaigns, api] });
  return { data, loop, campaigns, api, observability, access };
}
