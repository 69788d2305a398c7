import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { expect, test, vi } from 'vitest';
import { addChecks } from '#infra/checks.ts';
import { type StageConfig, stageConfig } from '#infra/config.ts';
import { addStacks } from '#infra/stacks/add-stacks.ts';
import { testApp } from '#support/stage-templates.ts';

// Both rule packs and CloudFormation's own engine look at every resource; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 240_000 });

function stageWithChecks(stage: string, settings: Partial<StageConfig> = {}) {
  const app = testApp({ builtinCloudFormationValidation: true });
  const stacks = addStacks(app, { ...stageConfig(stage, { alarmEmail: 'on-call@example.com' }), ...settings });
  addChecks(app);
  return { app, ...stacks };
}

test.each(['dev', 'prod'])('has no finding in stage %s', (stage) => {
  expect(() => stageWithChecks(stage).app.synth()).not.toThrow();
});

test('has no finding in a stage that is tied to a place, has a domain of its own and a copy of its key', () => {
  const { app } = stageWithChecks('dev-ada', {
    account: '111122223333',
    region: 'eu-central-1',
    identityKeyCopyIn: 'eu-west-1',
    domain: { name: 'loop.example.com', certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/c-1' },
  });
  expect(() => app.synth()).not.toThrow();
});

test('fails on what cdk-nag finds', () => {
  const { app, data } = stageWithChecks('dev');
  new Bucket(data, 'careless');
  expect(() => app.synth()).toThrow('AwsSolutions-S10');
});

test('fails on what CloudFormation would refuse', () => {
  const { app, data } = stageWithChecks('dev');
  new CfnQueue(data, 'impossible', { visibilityTimeout: 50_000 });
  expect(() => app.synth()).toThrow('43200');
});
