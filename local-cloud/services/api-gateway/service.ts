import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import { endUnread, requestBody } from '#local-cloud/cloud/request-body.ts';
import type { ResourceContext, Service } from '#local-cloud/cloud/service.ts';
import { ConnectionLost, InjectedFault } from '#local-cloud/faults/injected-fault.ts';
import { type HttpAnswer, plainAnswer } from './answer.ts';
import { answerRequest } from './answer-request.ts';
import { type Authorize, authorizerPropertyPaths, createAuthorizer, functionArnOf } from './authorizer.ts';
import { corsConfiguration, corsHeaders, preflightHeaders } from './cross-origin.ts';
import { apiErrors } from './errors.ts';
import { decodePath } from './event.ts';
import type { HttpApi } from './http-api.ts';
import { matchRoute, type Route } from './route.ts';
import { createThrottle, throttleSettings } from './throttle.ts';

/** The API as a service, and its front door. */
export interface HttpApiService extends Service {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const apiProperties = z.object({ ProtocolType: z.literal('HTTP'), CorsConfiguration: corsConfiguration.optional() });
const stageProperties = z.object({
  StageName: z.literal('$default'),
  AutoDeploy: z.coerce.boolean(),
  AccessLogSettings: z.object({ Format: z.string() }).optional(),
  DefaultRouteSettings: throttleSettings.optional(),
  RouteSettings: z.record(z.string(), throttleSettings).default({}),
});
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

/** Limit of an HTTP API's request. */
const maximumBodyBytes = 10 * 1024 * 1024;

/** Amazon API Gateway's HTTP API: one API, its `$default` stage, Lambda integrations and authorizers. */
export function createHttpApiService(context: LocalContext): HttpApiService {
  const routes: Route[] = [];
  const integrations = new Map<string, string>();
  const authorizers = new Map<string, Authorize>();
  let api: HttpApi | undefined;
  let accessLogFormat: string | undefined;
  let isTaken: (routeKey: string) => boolean = () => true;
  const idOf = ({ physicalName }: ResourceContext) =>
    createHash('sha256').update(physicalName(128)).digest('hex').slice(0, 10);

  const routeOf = ({ method = 'GET', url = '/' }: IncomingMessage) =>
    matchRoute(routes, method, decodePath(url.split('?')[0] ?? '/'));
  const answer = async (request: IncomingMessage, given: Buffer | undefined): Promise<HttpAnswer> => {
    if (!api) return apiErrors.unknown;
    const method = request.method ?? 'GET';
    const match = routeOf(request);
    const { origin } = request.headers;
    if (api.cors && method === 'OPTIONS' && match?.route.key.startsWith('OPTIONS') !== true) {
      return { status: 204, headers: preflightHeaders(api.cors, origin), body: '' };
    }
    if (!match) return apiErrors.unknown;
    const isThrottled = context.throttles && !isTaken(match.route.key);
    const answered = isThrottled
      ? apiErrors.throttled
      : given === undefined
        ? apiErrors.tooLarge
        : await answerRequest(context, api, match, request, given);
    return api.cors ? { ...answered, headers: { ...answered.headers, ...corsHeaders(api.cors, origin) } } : answered;
  };

  /** Undefined when the client gets no answer. */
  const answerUnlessFault = async (
    request: IncomingMessage,
    given: Buffer | undefined,
  ): Promise<HttpAnswer | undefined> => {
    const call = { service: 'apigateway', operation: 'Request', input: {} };
    let answered: HttpAnswer | undefined;
    try {
      await context.faults.around(
        { ...call, functionName: undefined, invocation: undefined, number: undefined },
        async () => {
          answered = await answer(request, given);
        },
      );
      return answered;
    } catch (error) {
      if (error instanceof ConnectionLost) return undefined;
      if (error instanceof InjectedFault) return plainAnswer(error.status, error.message);
      throw error;
    }
  };

  return {
    name: 'apigateway',
    operations: {},
    async handle(request, response) {
      // A body that is slow to come is no work of ours yet, which `settle` would wait for.
      const given = await requestBody(request, maximumBodyBytes);
      const answered = await context.activity.track(() => answerUnlessFault(request, given));
      if (!answered) {
        request.socket.destroy();
        return;
      }
      const { status, headers, body } = answered;
      const route = routeOf(request)?.route;
      context.meter.answered(
        {
          route: route?.key ?? '-',
          isAuthorized: route?.authorizerId !== undefined,
          status,
          requestBytes: Number(request.headers['content-length'] ?? 0),
          responseBytes: Buffer.byteLength(body),
        },
        accessLogFormat,
      );
      response.setHeader('date', new Date(context.clock.now()).toUTCString());
      response.setHeader('apigw-requestid', crypto.randomUUID());
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
      endUnread(response, body);
    },
    resources: {
      'AWS::ApiGatewayV2::Api': {
        properties: ['CorsConfiguration', 'Description', 'Name', 'ProtocolType', 'IpAddressType'],
        async create(properties, resource) {
          const { CorsConfiguration } = apiProperties.parse(properties);
          if (api) throw new Error('the local cloud serves one HTTP API');
          const id = idOf(resource);
          api = { id, cors: CorsConfiguration, routes, integrations, authorizers };
          return { ref: id, attributes: { ApiId: id, ApiEndpoint: context.apiUrl } };
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
          const { StageName, AccessLogSettings, DefaultRouteSettings, RouteSettings } =
            stageProperties.parse(properties);
          for (const key of Object.keys(RouteSettings)) {
            if (routes.some((route) => route.key === key)) continue;
            throw new Error(`Unable to find Route by key ${key} within the provided RouteSettings`);
          }
          isTaken = createThrottle(DefaultRouteSettings, RouteSettings, context.clock.now);
          accessLogFormat = AccessLogSettings?.Format;
          return { ref: StageName };
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
