import { Aws, Duration, Lazy, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  CorsHttpMethod,
  DomainName,
  HttpApi,
  type HttpMethod,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ApiDomain } from '#infra/api-domain.ts';
import type { StageConfig } from '#infra/config.ts';
import type { LoopFunction } from './loop-function.ts';

export interface TouchpointApiProps {
  readonly authorizer: LoopFunction;
  readonly config: StageConfig;
}

export interface RouteProps {
  readonly to: LoopFunction;
  readonly method: HttpMethod;
  readonly paths: readonly string[];
  /** Why a route is open to everybody; without it the authorizer looks at each request. */
  readonly openBecause?: string;
  /** Share of the stage's rate that each of these may take, of 0 to 1: the rest is left to others when it is flooded. All of it without. */
  readonly atMost?: number;
}

/** The HTTP API that touchpoints call. The authorizer says who calls; the functions refuse, with a named error. */
export class TouchpointApi extends Construct {
  readonly apiId: string;
  /** Without a slash at its end; it goes on answering beside a domain of the firm's own. */
  readonly url: string;
  /** The firm's own name for the API, if the stage has one, and where its DNS record has to point. */
  readonly domain: { readonly url: string; readonly target: string } | undefined;
  private readonly api: HttpApi;
  private readonly authorizer: IHttpRouteAuthorizer;
  private readonly stage: HttpStage;
  private readonly throttle: StageConfig['throttle'];
  private readonly routeSettings = new Map<string, RouteSettings>();
  private readonly integrations = new Map<LoopFunction, HttpLambdaIntegration>();

  constructor(scope: Construct, id: string, { authorizer, config }: TouchpointApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'api', {
      description: 'Where touchpoints tell what customers did and ask about them',
      createDefaultStage: false,
      corsPreflight: {
        // Browsers send write keys, not cookies: any shop's page may call.
        allowOrigins: ['*'],
        allowHeaders: [
          'authorization',
          'content-type',
          'content-encoding',
          'x-write-key',
          // RudderStack's browser SDK sends both with each event.
          'anonymousid',
          'sentat',
          'x-retry-count',
          'idempotency-key',
          'if-match',
          'if-none-match',
        ],
        exposeHeaders: ['etag', 'retry-after', 'decision-replay'],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
        maxAge: Duration.days(1),
      },
    });
    const { domain } = config;
    const domainName = domain && ownDomain(this, domain);
    this.domain = domainName && { url: `https://${domain.name}`, target: domainName.regionalDomainName };
    this.throttle = config.throttle;
    this.stage = new HttpStage(this, 'stage', {
      httpApi: this.api,
      autoDeploy: true,
      ...(domainName && { domainMapping: { domainName } }),
      throttle: { rateLimit: config.throttle.requestsPerSecond, burstLimit: config.throttle.burst },
      // API Gateway writes each such group into one resource policy of the account, which ends at 5,120 characters, but those under
      // /aws/vendedlogs/: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'access-logs', {
            logGroupName: `/aws/vendedlogs/${Aws.STACK_NAME}/access`,
            retention: config.logRetention,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
    // Routes come after the stage.
    cfnStage(this.stage).routeSettings = Lazy.any({ produce: () => Object.fromEntries(this.routeSettings) });
    this.apiId = this.api.apiId;
    this.url = this.api.apiEndpoint;
    this.authorizer = new HttpLambdaAuthorizer('authorizer', authorizer, {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      // A credential may be in one of two headers or in the body: no header is required, so nothing can key a cache here.
      identitySource: [],
      resultsCacheTtl: Duration.seconds(0),
    });
  }

  /** Brings requests to a function. */
  route({ to, method, paths, openBecause, atMost }: RouteProps): this {
    for (const path of paths) {
      const routes = this.api.addRoutes({
        path,
        methods: [method],
        integration: this.integrationOf(to),
        ...(openBecause === undefined && { authorizer: this.authorizer }),
      });
      if (atMost !== undefined) {
        this.routeSettings.set(`${method} ${path}`, shareOf(this.throttle, atMost));
        // API Gateway refuses settings of a route that is not there yet.
        this.stage.node.addDependency(...routes);
      }
      if (openBecause === undefined) continue;
      for (const route of routes) Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: openBecause });
    }
    return this;
  }

  private integrationOf(fn: LoopFunction): HttpLambdaIntegration {
    const made =
      this.integrations.get(fn) ?? new HttpLambdaIntegration(fn.node.id, fn, { scopePermissionToRoute: false });
    this.integrations.set(fn, made);
    return made;
  }
}

/** As CloudFormation writes it; what it does not say is not the stage's but AWS's default. */
interface RouteSettings {
  readonly ThrottlingRateLimit: number;
  readonly ThrottlingBurstLimit: number;
}

function shareOf({ requestsPerSecond, burst }: StageConfig['throttle'], share: number): RouteSettings {
  const part = (whole: number) => Math.max(1, Math.floor(whole * share));
  return { ThrottlingRateLimit: part(requestsPerSecond), ThrottlingBurstLimit: part(burst) };
}

function cfnStage(stage: HttpStage): CfnStage {
  const { defaultChild } = stage.node;
  if (defaultChild instanceof CfnStage) return defaultChild;
  throw new TypeError(`${stage.node.path} is no stage of CloudFormation's`);
}

function ownDomain(scope: Construct, { name, certificateArn }: ApiDomain): DomainName {
  return new DomainName(scope, 'domain', {
    domainName: name,
    certificate: Certificate.fromCertificateArn(scope, 'certificate', certificateArn),
    securityPolicy: SecurityPolicy.TLS_1_2,
  });
}

/**
 * No path parameters and no query: they can hold identifiers of customers. No time: every log event has one. Short, for each
 * byte is billed with each request.
 */
const accessLog = {
  id: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  ms: '$context.responseLatency',
  bytes: '$context.responseLength',
  key: '$context.authorizer.credentialId',
  error: '$context.authorizer.error $context.integrationErrorMessage',
} as const;
