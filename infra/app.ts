import { App } from 'aws-cdk-lib';
import { addChecks } from '#infra/checks.ts';
import { stageConfig } from '#infra/config.ts';
import { addStacks } from '#infra/stacks/add-stacks.ts';

const app = new App();
const context = (key: string): unknown => app.node.tryGetContext(key);
addStacks(app, stageConfig(context('stage') ?? 'dev', { alarmEmail: context('alarmEmail') }));
addChecks(app);
app.synth();
