import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { type Json, StageTemplates, testApp } from '#support/stage-templates.ts';

const templates = new StageTemplates();
const functions = templates.resources('AWS::Lambda::Function');

test('deploys every handler once', () => {
  const services = functions.map(({ properties }) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME);
  expect(services.sort()).toEqual(
    globSync('functions/handlers/*/*/handler.ts')
      .map((file) => basename(dirname(file)))
      .sort(),
  );
});

test('runs every function on Node 24 for ARM, with JSON logs in a log group of its own and traces only where the stage says so', () => {
  const logGroups = functions.map(({ properties }) => templates.text(properties.LoggingConfig.LogGroup));
  expect(new Set(logGroups).size).toBe(functions.length);
  for (const { properties } of functions) {
    expect(properties.TracingConfig).toBeUndefined();
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN' },
    });
  }
});

test('gives every function a role of its own', () => {
  expect(new Set(functions.map(({ properties }) => templates.text(properties.Role))).size).toBe(functions.length);
});

test('lets functions behind the API end before the API gives up after 30 s', () => {
  const behindApi = templates
    .resources('AWS::ApiGatewayV2::Integration')
    .map(({ properties }) => templates.text(properties.IntegrationUri).replace('.Arn', ''));
  const answering = functions.filter(({ id }) => behindApi.includes(id));
  expect(answering).toHaveLength(new Set(behindApi).size);
  for (const { id, properties } of answering) {
    expect([id, properties.Timeout < 30]).toEqual([id, true]);
  }
});

test('hides a message from others for six times the time that its function may take, and the batching window', () => {
  const queues = new Map(templates.resources('AWS::SQS::Queue').map(({ id, properties }) => [`${id}.Arn`, properties]));
  const timeouts = new Map(functions.map(({ id, properties }) => [id, properties.Timeout]));
  const mappings = templates
    .resources('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => queues.has(templates.text(properties.EventSourceArn)));
  expect(mappings.length).toBeGreaterThanOrEqual(1);
  for (const { properties } of mappings) {
    const visibility = queues.get(templates.text(properties.EventSourceArn)).VisibilityTimeout;
    const window = properties.MaximumBatchingWindowInSeconds ?? 0;
    expect(visibility).toBeGreaterThanOrEqual(6 * timeouts.get(templates.text(properties.FunctionName)) + window);
  }
});

test('reads the profile queue in batches of 100 or a second, and never more at once than the stage allows', () => {
  expect(templates.resource('AWS::Lambda::EventSourceMapping', 'profileupdateprofile').properties).toMatchObject({
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 1,
    ScalingConfig: { MaximumConcurrency: templates.config.profileConcurrency },
  });
});

test('shows publish-customer-changes the changes of personas, clusters and segments and no others', () => {
  const { properties } = templates.resource('AWS::Lambda::EventSourceMapping', 'profilepublishcustomerchanges');
  expect(properties.FilterCriteria.Filters.map(({ Pattern }: Json) => JSON.parse(Pattern))).toEqual([
    { dynamodb: { Keys: { sk: { S: [{ prefix: 'persona#' }] } } } },
    { dynamodb: { Keys: { sk: { S: ['cluster'] } } } },
    { dynamodb: { Keys: { sk: { S: ['segments'] } } } },
  ]);
});

test('reports a function that LoopFunction did not make', () => {
  const stack = new Stack(testApp(), 'alien');
  const props = { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('0') };
  new LambdaFunction(stack, 'lonely', props);
  expect(() => Template.fromStack(stack)).toThrow('alien/lonely/Resource is a function that LoopFunction did not make');
});
