import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { stageConfig } from '#infra/config.ts';
import { addStacks } from '#infra/stacks/add-stacks.ts';
import { testApp } from '#support/stage-templates.ts';

const warning = Match.stringLikeRegexp('Nobody reads the alarms of stage \\w+. Set alarmEmail in infra/config.ts');
const observabilityOf = (stage: string, alarmEmail: string | undefined) => {
  const { alarmEmail: _, ...settings } = stageConfig(stage);
  return addStacks(testApp(), { ...settings, ...(alarmEmail && { alarmEmail }) }).observability;
};

test.each(['dev', 'staging', 'prod'])('warns at synth that nobody reads the alarms of stage %s', (stage) => {
  const stack = observabilityOf(stage, undefined);
  Annotations.fromStack(stack).hasWarning('*', warning);
  Template.fromStack(stack).resourceCountIs('AWS::SNS::Subscription', 0);
});

test('subscribes the reader that the settings name, and does not warn', () => {
  const stack = observabilityOf('prod', 'on-call@example.com');
  expect(Annotations.fromStack(stack).findWarning('*', warning)).toEqual([]);
  Template.fromStack(stack).hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'email',
    Endpoint: 'on-call@example.com',
  });
});
