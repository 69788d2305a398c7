import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Json, StageTemplates } from '#support/stage-templates.ts';

const templates = new StageTemplates();
const alarms = templates.resources('AWS::CloudWatch::Alarm');
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');

/** Anchors as they are made from headings: lower case, punctuation gone, hyphens for spaces. */
const articles = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading = '']) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-'),
);
const descriptions: [string, string][] = alarms.map(({ id, properties }) => [id, properties.AlarmDescription]);
const anchorOf = (description: string) => /docs\/runbook\.md#([\w-]+)$/.exec(description)?.[1];

test.each(descriptions)('%s says its impact and where to read what to do', (_id, description) => {
  expect(description).toMatch(/^[A-Za-z].{20,}\. What to do: docs\/runbook\.md#[\w-]+$/);
  expect(articles).toContain(anchorOf(description));
});

test('has no article in the runbook that no alarm leads to', () => {
  expect(articles).toEqual([...new Set(descriptions.map(([, description]) => anchorOf(description)))].sort());
});

test('says in every article what it means, what to look at and what to do', () => {
  for (const article of runbook.split(/^### /m).slice(1)) {
    const text = article.split(/^## /m)[0] ?? '';
    expect([article.split('\n')[0], ...(text.match(/\*\*(Means|Look|Do)\.\*\*/g) ?? [])]).toEqual([
      article.split('\n')[0],
      '**Means.**',
      '**Look.**',
      '**Do.**',
    ]);
  }
});

test('rings the topic when an alarm starts and when it ends', () => {
  const topic = templates.resource('AWS::SNS::Topic').id;
  for (const { properties } of alarms) {
    expect([properties.AlarmActions, properties.OKActions].map(([action]) => templates.text(action))).toEqual([
      topic,
      topic,
    ]);
  }
});

test('looks at one plain metric with each alarm, never at an expression', () => {
  expect(alarms.filter(({ properties }) => properties.Metrics !== undefined)).toEqual([]);
  expect(alarms.filter(({ properties }) => properties.MetricName === undefined)).toEqual([]);
});

test('watches the errors of every function that stands behind no API, queue, stream or workflow, which would show them', () => {
  const called = [
    ...templates.resources('AWS::ApiGatewayV2::Integration').map(({ properties }) => properties.IntegrationUri),
    ...templates.resources('AWS::ApiGatewayV2::Authorizer').map(({ properties }) => properties.AuthorizerUri),
    ...templates.resources('AWS::Lambda::EventSourceMapping').map(({ properties }) => properties.FunctionName),
    ...templates
      .resources('AWS::StepFunctions::StateMachine')
      .flatMap(({ properties }) => Object.values(properties.DefinitionSubstitutions)),
  ].map((each) => templates.text(each));
  const functions = templates.resources('AWS::Lambda::Function').map(({ id }) => id);
  const alone = functions.filter((id) => !called.some((each) => each.includes(id)));
  // Firehose gives a batch up after three tries, and goes on as if nothing were missing.
  expect(alone).toContainEqual(expect.stringMatching(/^landlandevents/));
  expect(watched('Errors')).toEqual(alone.sort());
});

test('watches freshness and conversion of every delivery', () => {
  const streams = templates
    .resources('AWS::KinesisFirehose::DeliveryStream')
    .map(({ id }) => id)
    .sort();
  expect(watched('DeliveryToS3.DataFreshness')).toEqual(streams);
  expect(watched('FailedConversion.Records')).toEqual(streams);
});

test('watches the age of the stream, the errors of the API and the cut-off of Athena', () => {
  expect(watched('IteratorAge')).toEqual([
    expect.stringMatching(/^decidepublishdecisions/),
    expect.stringMatching(/^profilepublishcustomerchanges/),
  ]);
  expect(watched('5xx')).toEqual([templates.resource('AWS::ApiGatewayV2::Api').id]);
  expect(watched('ProcessedBytes')).toContain('lemniscate-dev');
});

/** What the alarms of a metric look at, as the values of its dimensions. */
function watched(metricName: string): string[] {
  return alarms
    .flatMap(({ properties }) => [
      properties,
      ...(properties.Metrics ?? []).map((each: Json) => each.MetricStat?.Metric),
    ])
    .filter((metric: Json) => metric?.MetricName === metricName)
    .flatMap(({ Dimensions }: Json) => Dimensions.map(({ Value }: Json) => templates.text(Value)))
    .sort();
}

test('costs less than 5 USD a month when nothing happens', () => {
  // List prices of us-east-1: 0.10 for each metric of an alarm after ten, 3 for each dashboard after three, 0.40 for a secret.
  const alarmMetrics = alarms.flatMap(
    ({ properties }) => properties.Metrics?.filter((each: Json) => each.MetricStat) ?? [1],
  );
  const dashboards = templates.resourcesIfAny('AWS::CloudWatch::Dashboard');
  const secrets = templates.resources('AWS::SecretsManager::Secret');
  const idle =
    0.1 * Math.max(0, alarmMetrics.length - 10) + 3 * Math.max(0, dashboards.length - 3) + 0.4 * secrets.length;
  expect(idle).toBeLessThan(5);
  const billedByTheHour = /::(NatGateway|VPC|Cluster|DBInstance|Key|LoadBalancer|ProvisionedConcurrency)/;
  expect(templates.resources().filter(({ type }) => billedByTheHour.test(type))).toEqual([]);
});

test.each(['staging', 'prod'])('draws no more metrics in stage %s than a free dashboard may have', (stage) => {
  const staged = new StageTemplates(stage);
  const body = JSON.parse(staged.text(staged.resource('AWS::CloudWatch::Dashboard').properties.DashboardBody));
  const drawn = body.widgets.flatMap(({ properties }: Json) => properties.metrics ?? []);
  expect(drawn.length).toBeGreaterThan(30);
  expect(drawn.length).toBeLessThanOrEqual(50);
});
