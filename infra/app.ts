import { App } from 'aws-cdk-lib';
import { addStacks } from '#infra/stacks/add-stacks.ts';
import { addChecks } from './checks.ts';
import { stageConfig } from './config.ts';

const app = new App();
const context = (key: string): unknown => app.node.tryGetContext(key);
addStacks(app, stageConfig(context('stage') ?? 'dev', { alarmEmail: context('alarmEmail') }));
addChecks(app);
app.synth();
