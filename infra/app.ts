import { App, Aspects, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { stageConfig } from '#infra/config.ts';
import { OnlyLoopFunctions } from '#infra/constructs/only-loop-functions.ts';
import { addStacks } from '#infra/stacks/add-stacks.ts';

const app = new App();
addStacks(
  app,
  stageConfig(app.node.tryGetContext('stage') ?? 'dev', { alarmEmail: app.node.tryGetContext('alarmEmail') }),
);
Aspects.of(app).add(new OnlyLoopFunctions());
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
app.synth();
