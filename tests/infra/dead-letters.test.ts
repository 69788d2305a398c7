import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { lakeTables } from '#contracts/lake/tables.ts';
import { wayBack } from '#scripts/redrive/way-back.ts';
import { deadLetterRoutes } from '#scripts/target/dead-letter-routes.ts';
import { type Json, StageTemplates } from '#support/stage-templates.ts';

const templates = new StageTemplates();
const queues = templates.resources('AWS::SQS::Queue');
const arnOf = (id: string) => `${id}.Arn`;

const redriveTargets = queues.flatMap(({ properties }) =>
  properties.RedrivePolicy ? [templates.text(properties.RedrivePolicy.deadLetterTargetArn)] : [],
);
const ruleTargets = templates.resources('AWS::Events::Rule').flatMap(({ properties }) => properties.Targets);
const mappings = templates.resources('AWS::Lambda::EventSourceMapping');
const deadLetterArns = new Set([
  ...redriveTargets,
  ...ruleTargets.map((target: Json) => templates.text(target.DeadLetterConfig?.Arn)),
  ...mappings.flatMap(({ properties }) =>
    properties.DestinationConfig ? [templates.text(properties.DestinationConfig.OnFailure.Destination)] : [],
  ),
]);

test('gives every target of a rule a dead-letter queue that its rule may write to', () => {
  expect(ruleTargets.length).toBeGreaterThanOrEqual(3);
  for (const rule of templates.resources('AWS::Events::Rule')) {
    for (const target of rule.properties.Targets) {
      const deadLetters = templates.text(target.DeadLetterConfig.Arn);
      const allowed = templates
        .resources('AWS::SQS::QueuePolicy')
        .flatMap(({ properties }) => properties.PolicyDocument.Statement)
        .filter(({ Effect, Resource }: Json) => Effect === 'Allow' && templates.text(Resource) === deadLetters)
        .filter(({ Principal }: Json) => Principal.Service === 'events.amazonaws.com')
        .map(({ Condition }: Json) => templates.text(Condition.ArnEquals['aws:SourceArn']));
      expect(allowed).toContain(arnOf(rule.id));
    }
  }
});

test('gives every queue that is no dead-letter queue itself a dead-letter queue after five attempts', () => {
  const ordinary = queues.filter(({ id }) => !deadLetterArns.has(arnOf(id)));
  expect(ordinary.length).toBeGreaterThanOrEqual(1);
  for (const { properties } of ordinary) expect(properties.RedrivePolicy.maxReceiveCount).toBe(5);
});

test('sets aside what a stream mapping can not bring through, and reports failures one by one', () => {
  for (const { properties } of mappings) expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  const ofStreams = mappings.filter(({ properties }) =>
    templates.text(properties.EventSourceArn).endsWith('.StreamArn'),
  );
  expect(ofStreams).not.toEqual([]);
  for (const { properties } of ofStreams) {
    expect(properties).toMatchObject({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 10 });
    expect(properties.DestinationConfig.OnFailure.Destination).toBeDefined();
  }
});

test('keeps dead letters for 14 days', () => {
  const deadLetters = queues.filter(({ id }) => deadLetterArns.has(arnOf(id)));
  expect(deadLetters).toHaveLength(deadLetterArns.size);
  expect(deadLetters).not.toEqual([]);
  for (const { id, properties } of deadLetters) {
    expect([id, properties.MessageRetentionPeriod]).toEqual([id, 14 * 24 * 3600]);
  }
});

test('tells the way back of every dead-letter queue, one that redrive can go', () => {
  const routes = deadLetterRoutes(templates);
  expect(new Set(routes.map(({ deadLettersUrl }) => arnOf(deadLettersUrl)))).toEqual(deadLetterArns);
  const target = { client: {}, outputs: templates.outputs };
  for (const route of routes) {
    expect(target.outputs[route.name]).toBe(route.deadLettersUrl);
    expect(wayBack(target, new SQSClient(), route)).toBeTypeOf('function');
  }
});

test('tells a way back that leads to where the dead letters came from', () => {
  const readers = new Map(
    templates
      .resources('AWS::Lambda::Function')
      .map(({ id, properties }) => [id, properties.Environment.Variables.POWERTOOLS_SERVICE_NAME]),
  );
  for (const route of deadLetterRoutes(templates)) {
    const isTheirs = (target: Json) => templates.text(target) === arnOf(route.deadLettersUrl);
    const came = [
      ...queues
        .filter(({ properties }) => isTheirs(properties.RedrivePolicy?.deadLetterTargetArn ?? null))
        .map(({ id }) => ({ kind: 'queue', queueUrl: id })),
      ...streamsThatLeft(isTheirs),
      ...mappings
        .filter(({ properties }) => isTheirs(properties.DestinationConfig?.OnFailure.Destination ?? null))
        .map(({ properties }) => ({
          kind: 'table-stream',
          reader: readers.get(templates.text(properties.FunctionName)),
        })),
    ];
    expect([route]).toMatchObject(came);
  }
});

/** The streams that a queue's dead letters were meant for, as one way back. */
function streamsThatLeft(isTheirs: (target: Json) => boolean) {
  const streams = ruleTargets
    .filter((target: Json) => isTheirs(target.DeadLetterConfig.Arn) && target.RoleArn !== undefined)
    .map(({ Arn }: Json) => templates.text(Arn).replace('.Arn', ''));
  if (streams.length === 0) return [];
  const streamOf = Object.fromEntries(lakeTables.map(({ name }, index) => [name, streams[index]]));
  return [{ kind: 'delivery-streams', streamOf }];
}

test('rings an alarm for the first message in any dead-letter queue', () => {
  const watched = templates
    .resources('AWS::CloudWatch::Alarm')
    .filter(({ properties }) => properties.MetricName === 'ApproximateNumberOfMessagesVisible')
    .filter(({ properties }) => properties.Threshold === 0 && properties.EvaluationPeriods === 1)
    .map(({ properties }) => templates.text(properties.Dimensions[0].Value).replace('.QueueName', '.Arn'));
  expect(new Set(watched)).toEqual(deadLetterArns);
});

test('rings an alarm for the age of every other queue', () => {
  const watched = templates
    .resources('AWS::CloudWatch::Alarm')
    .filter(({ properties }) => properties.MetricName === 'ApproximateAgeOfOldestMessage')
    .map(({ properties }) => templates.text(properties.Dimensions[0].Value).replace('.QueueName', '.Arn'));
  const ordinary = queues.map(({ id }) => arnOf(id)).filter((arn) => !deadLetterArns.has(arn));
  expect(watched).toEqual(ordinary);
});
