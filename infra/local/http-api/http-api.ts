import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { type HttpAnswer, plainAnswer } from '#infra/local/http-api/answer.ts';
import { answerRequest } from '#infra/local/http-api/answer-request.ts';
import {
  type Authorize,
  authorizerPropertyPaths,
  createAuthorizer,
  functionArnOf,
} from '#infra/local/http-api/authorizer.ts';
import {
  type CorsConfiguration,
  corsConfiguration,
  corsHeaders,
  preflightHeaders,
} from '#infra/local/http-api/cross-origin.ts';
import { decodePath } from '#infra/local/http-api/event.ts';
import { matchRoute, type Route } from '#infra/local/http-api/route.ts';
import type { LocalContext } from '#infra/local/local-context.ts';
import type { ResourceContext, Service } from '#infra/local/service.ts';

/** The API of the template, ready to be asked. */
export interface HttpApi {
  readonly id: string;
  readonly cors: CorsConfiguration | undefined;
  readonly routes: readonly Route[];
  /** Function ARN of each integration. */
  readonly integrations: ReadonlyMap<string, string>;
  readonly authorizers: ReadonlyMap<string, Authorize>;
}

/** The API as a service, and its front door. */
export interface HttpApiService extends Service {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const apiProperties = z.object({ ProtocolType: z.literal('HTTP'), CorsConfiguration: corsConfiguration.optional() });
const stageProperties = z.object({ StageName: z.literal('$default'), AutoDeploy: z.coerce.boolean() });
const integrationProperties = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});
const routeProperties = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(['NONE', 'CUSTOM']).default('NONE'),
  AuthorizerId: z.string().optional(),
});

/** Amazon API Gateway's HTTP API: one API, its `$default` stage, Lambda integrations and authorizers. */
export function createHttpApiService(context: LocalContext): HttpApiService {
  const routes: Route[] = [];
  const integrations = new Map<string, string>();
  const authorizers = new Map<string, Authorize>();
  let api: HttpApi | undefined;
  const idOf = ({ physicalName }: ResourceContext) =>
    createHash('sha256').update(physicalName(128)).digest('hex').slice(0, 10);

  const answer = async (request: IncomingMessage): Promise<HttpAnswer> => {
    if (!api) return plainAnswer(404, 'Not Found');
    const method = request.method ?? 'GET';
    const path = decodePath((request.url ?? '/').split('?')[0] ?? '/');
    const match = matchRoute(routes, method, path);
    const { origin } = request.headers;
    if (api.cors && method === 'OPTIONS' && match?.route.key.startsWith('OPTIONS') !== true) {
      return { status: 204, headers: preflightHeaders(api.cors, origin), body: '' };
    }
    if (!match) return plainAnswer(404, 'Not Found');
    const answered = await answerRequest(context, api, match, request);
    return api.cors ? { ...answered, headers: { ...answered.headers, ...corsHeaders(api.cors, origin) } } : answered;
  };

  return {
    name: 'apigateway',
    operations: {},
    async handle(request, response) {
      const { status, headers, body } = await context.activity.track(() => answer(request));
      response.setHeader('date', new Date(context.clock.now()).toUTCString());
      response.setHeader('apigw-requestid', crypto.randomUUID());
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
      // The rest of a body that was refused for its size.
      if (!request.readableEnded) request.resume();
    },
    resources: {
      'AWS::ApiGatewayV2::Api': {
        properties: ['CorsConfiguration', 'Description', 'Name', 'ProtocolType', 'IpAddressType'],
        async create(properties, resource) {
          const { CorsConfiguration } = apiProperties.parse(properties);
          if (api) throw new Error('the local cloud serves one HTTP API');
          const id = idOf(resource);
          api = { id, cors: CorsConfiguration, routes, integrations, authorizers };
          return { ref: id, attributes: { ApiId: id, ApiEndpoint: context.apiUrl() } };
        },
      },
      'AWS::ApiGatewayV2::Stage': {
        properties: [
          'AccessLogSettings',
          'ApiId',
          'AutoDeploy',
          'DefaultRouteSettings',
          'Description',
          'RouteSettings',
          'StageName',
        ],
        async create(properties) {
          return { ref: stageProperties.parse(properties).StageName };
        },
      },
      'AWS::ApiGatewayV2::Integration': {
        properties: [
          'ApiId',
          'Description',
          'IntegrationMethod',
          'IntegrationType',
          'IntegrationUri',
          'PayloadFormatVersion',
        ],
        async create(properties, resource) {
          const id = idOf(resource);
          integrations.set(id, functionArnOf(integrationProperties.parse(properties).IntegrationUri));
          return { ref: id };
        },
      },
      'AWS::ApiGatewayV2::Authorizer': {
        properties: authorizerPropertyPaths,
        async create(properties, resource) {
          const id = idOf(resource);
          authorizers.set(id, createAuthorizer(context, properties, id));
          return { ref: id, attributes: { AuthorizerId: id } };
        },
      },
      'AWS::ApiGatewayV2::Route': {
        properties: ['ApiId', 'AuthorizationType', 'AuthorizerId', 'OperationName', 'RouteKey', 'Target'],
        async create(properties, resource) {
          const { RouteKey, Target, AuthorizationType, AuthorizerId } = routeProperties.parse(properties);
          const authorizerId = AuthorizationType === 'CUSTOM' ? AuthorizerId : undefined;
          routes.push({ key: RouteKey, integrationId: Target.split('/')[1] ?? '', authorizerId });
          return { ref: idOf(resource) };
        },
      },
    },
  };
}
