import { expect, test } from 'vitest';
import { type Json, StageTemplates } from '#support/stage-templates.ts';

const templates = new StageTemplates();

test('has one function URL, that of decisions, and answers there only whom IAM lets', () => {
  const urls = templates.resources('AWS::Lambda::Url').map(({ properties }) => properties);
  expect(urls).toHaveLength(1);
  expect(urls[0].AuthType).toBe('AWS_IAM');
  expect(templates.text(urls[0].TargetFunctionArn)).toContain('makedecision');
});

test('lets only API Gateway invoke functions by their policies, and only for this API', () => {
  for (const { properties } of templates.resources('AWS::Lambda::Permission')) {
    expect(properties.Principal).toBe('apigateway.amazonaws.com');
    expect(templates.text(properties.SourceArn)).toContain(templates.resource('AWS::ApiGatewayV2::Api').id);
  }
});

test('blocks public access to every bucket', () => {
  for (const { properties } of templates.resources('AWS::S3::Bucket')) {
    expect(properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  }
});

test('allows nobody and nothing in general by a resource policy', () => {
  const statements = templates
    .resources('AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy')
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);
  const everybody = ({ Principal }: Json) => Principal === '*' || Principal?.AWS === '*';
  expect(statements.filter((statement: Json) => statement.Effect === 'Allow' && everybody(statement))).toEqual([]);
  const services = statements.filter(({ Effect, Principal }: Json) => Effect === 'Allow' && Principal.Service);
  expect(services).not.toEqual([]);
  for (const { Condition } of services) expect(Condition.ArnEquals['aws:SourceArn']).toBeDefined();
});

test('refuses connections without TLS to every bucket, queue and topic', () => {
  const guarded = templates
    .resources('AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy')
    .filter(({ properties }) =>
      properties.PolicyDocument.Statement.some(
        ({ Effect, Condition }: Json) => Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false',
      ),
    )
    .flatMap(({ properties }) => properties.Bucket ?? properties.Queues ?? properties.Topics)
    .map((guardedResource: Json) => templates.text(guardedResource));
  const all = templates.resources('AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::SNS::Topic').map(({ id }) => id);
  expect(guarded.sort()).toEqual(all.sort());
});

test('sends every route past the authorizer but those that check the key themselves or tell nothing', () => {
  const open = templates
    .resources('AWS::ApiGatewayV2::Route')
    .filter(({ properties }) => properties.AuthorizationType !== 'CUSTOM' || properties.AuthorizerId === undefined)
    .map(({ properties }) => properties.RouteKey);
  const collects = 'a alias b batch g group i identify p page s screen t track'
    .split(' ')
    .map((call) => `POST /v1/${call}`);
  expect(open.sort()).toEqual(
    [
      'ANY /',
      'ANY /{path+}',
      'GET /{path+}',
      'POST /{path+}',
      'GET /v1/openapi.json',
      'GET /v1/projects/{writeKey}/settings',
      ...collects,
      'POST /v1/decisions',
      // Who follows the link of a mail has no key: the token is signed.
      'GET /v1/unsubscribe/{token}',
      'POST /v1/unsubscribe/{token}',
    ].sort(),
  );
});

test('asks the authorizer about each request, whatever headers it has', () => {
  expect(templates.resource('AWS::ApiGatewayV2::Authorizer').properties).toMatchObject({
    AuthorizerPayloadFormatVersion: '2.0',
    AuthorizerResultTtlInSeconds: 0,
    EnableSimpleResponses: true,
    IdentitySource: [],
  });
});

test('throttles the API and lets browsers send write keys', () => {
  expect(templates.resource('AWS::ApiGatewayV2::Stage').properties.DefaultRouteSettings).toEqual({
    ThrottlingBurstLimit: 1000,
    ThrottlingRateLimit: 500,
  });
  const { CorsConfiguration } = templates.resource('AWS::ApiGatewayV2::Api').properties;
  expect(CorsConfiguration).toMatchObject({ AllowOrigins: ['*'], AllowMethods: ['GET', 'POST', 'PUT', 'DELETE'] });
  expect(CorsConfiguration.AllowHeaders).toEqual(
    expect.arrayContaining(['authorization', 'content-type', 'x-write-key']),
  );
  expect(CorsConfiguration.AllowCredentials).toBeFalsy();
});

test('keeps the access log where the account’s one resource policy of logs does not grow with it', () => {
  const groups = templates.resources('AWS::Logs::LogGroup').filter(({ id }) => id.startsWith('apiaccesslogs'));
  expect(groups.map(({ properties }) => templates.text(properties.LogGroupName))).toEqual([
    '/aws/vendedlogs/AWS::StackName/access',
  ]);
});

test('writes no path, query or address of a caller into the access log', () => {
  const { Format } = templates.resource('AWS::ApiGatewayV2::Stage').properties.AccessLogSettings;
  expect(Format).not.toMatch(/\$context\.(path|identity)|querystring/i);
});
