import type { Json } from '#support/stage-templates.ts';
import { type AwsCheck, every } from './aws-check.ts';

const guide = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';
const quotas = `${guide}/http-api-quotas.html`;
const authorizer = 'AWS::ApiGatewayV2::Authorizer';
const stage = 'AWS::ApiGatewayV2::Stage';

export const httpApiChecks: readonly AwsCheck[] = [
  {
    law: 'An API has at most 300 routes, 300 integrations and 10 authorizers',
    source: quotas,
    faults: (all) =>
      [
        ['Route', 300],
        ['Integration', 300],
        ['Authorizer', 10],
      ].flatMap(([kind, most]) =>
        all.resources(`AWS::ApiGatewayV2::${kind}`).length > Number(most) ? [String(kind)] : [],
      ),
    broken: Object.fromEntries(
      Array.from({ length: 11 }, (_, index) => [
        `a${index}`,
        { Type: authorizer, Properties: { AuthorizerResultTtlInSeconds: 0 } },
      ]),
    ),
  },
  {
    law: 'A function behind the API ends before the API gives up after 30 seconds',
    source: quotas,
    faults: (all) => {
      const behind = all
        .resources('AWS::ApiGatewayV2::Integration')
        .map(({ properties }) => all.text(properties.IntegrationUri));
      return all
        .resources('AWS::Lambda::Function')
        .filter(({ id, properties }) => behind.includes(`${id}.Arn`) && properties.Timeout >= 30)
        .map(({ id }) => id);
    },
    broken: {
      integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { IntegrationUri: 'fn.Arn' } },
      fn: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 30 } },
    },
  },
  {
    law: 'An authorizer’s answers are remembered only by an identity source, and are simple only in format 2.0',
    source: `${guide}/http-api-lambda-authorizer.html`,
    faults: every(
      authorizer,
      ({
        AuthorizerResultTtlInSeconds: seconds = 300,
        IdentitySource = [],
        EnableSimpleResponses,
        AuthorizerPayloadFormatVersion: format,
      }) => (seconds === 0 || IdentitySource.length > 0) && (EnableSimpleResponses !== true || format === '2.0'),
    ),
    broken: { authorizer: { Type: authorizer, Properties: { AuthorizerResultTtlInSeconds: 60 } } },
  },
  {
    law: 'An API that any page may call takes no cookies',
    source: `${guide}/http-api-cors.html`,
    faults: every(
      'AWS::ApiGatewayV2::Api',
      ({ CorsConfiguration: { AllowOrigins = [], AllowCredentials = false } = {} }) =>
        !(AllowOrigins.includes('*') && AllowCredentials),
    ),
    broken: {
      api: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { CorsConfiguration: { AllowOrigins: ['*'], AllowCredentials: true } },
      },
    },
  },
  {
    law: 'A stage lets in no more than an account’s 10,000 requests a second and bursts of 5,000',
    source: quotas,
    faults: every(
      stage,
      ({ DefaultRouteSettings: { ThrottlingRateLimit: rate = 0, ThrottlingBurstLimit: burst = 0 } = {} }) =>
        rate <= 10_000 && burst <= 5000,
    ),
    broken: {
      stage: {
        Type: stage,
        Properties: { DefaultRouteSettings: { ThrottlingRateLimit: 5000, ThrottlingBurstLimit: 10_000 } },
      },
    },
  },
  {
    law: 'A stage’s settings of routes are of routes that it has, and take no more than an account’s 10,000 requests a second and bursts of 5,000',
    source: `${guide}/http-api-throttling.html`,
    faults: (all) => {
      const keys = all.resources('AWS::ApiGatewayV2::Route').map(({ properties }) => properties.RouteKey);
      return all.resources(stage).flatMap(({ properties: { RouteSettings = {} } }) =>
        Object.entries<Json>(RouteSettings)
          .filter(
            ([key, { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }]) =>
              !keys.includes(key) || !(rate <= 10_000 && burst <= 5000),
          )
          .map(([key]) => key),
      );
    },
    broken: {
      stage: {
        Type: stage,
        Properties: { RouteSettings: { 'POST /gone': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } } },
      },
    },
  },
  {
    law: 'An access log’s format is one line and has the request’s id',
    source: `${guide}/http-api-logging.html`,
    faults: every(
      stage,
      ({ AccessLogSettings }) =>
        AccessLogSettings === undefined ||
        (/\$context\.(requestId|extendedRequestId)/.test(AccessLogSettings.Format) &&
          !AccessLogSettings.Format.includes('\n')),
    ),
    broken: { stage: { Type: stage, Properties: { AccessLogSettings: { Format: '$context.status' } } } },
  },
];
