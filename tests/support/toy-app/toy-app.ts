import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, BillingMode, type ITable, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnRule, EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Code,
  FilterCriteria,
  FilterRule,
  Function as Lambda,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { buildSync } from 'esbuild';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Synthesizes a small app with one of everything that the local cloud's core runs; gives the assembly's folder. */
export function synthesizeToyApp(change: (stack: Stack) => void = () => undefined): string {
  const bundle = mkdtempSync(join(tmpdir(), 'toy-bundle-'));
  buildSync({
    entryPoints: [here('./toy-function.mjs')],
    outfile: join(bundle, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
  });
  const app = new App({
    outdir: mkdtempSync(join(tmpdir(), 'toy-assembly-')),
    context: { '@aws-cdk/core:defaultCrossStackReferences': 'weak' },
  });
  const data = new Stack(app, 'Toy-test-Data');
  const table = new Table(data, 'Items', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
  });
  const bus = new EventBus(data, 'Bus');
  const archive = bus.archive('Archive', { eventPattern: { source: ['toy'] }, retention: Duration.days(2) });

  const loop = new Stack(app, 'Toy-test-Loop');
  const fn = (name: string, timeout = Duration.seconds(5)) =>
    new Lambda(loop, name, {
      runtime: Runtime.NODEJS_24_X,
      code: Code.fromAsset(bundle),
      handler: `index.${name}`,
      timeout,
      memorySize: 256,
      environment: { BUS: bus.eventBusName, TABLE: table.tableName },
    });
  const authorize = fn('authorize');
  const receive = fn('receive', Duration.seconds(2));
  const keep = fn('keep');
  const announce = fn('announce');
  bus.grantPutEventsTo(receive);
  bus.grantPutEventsTo(announce);
  table.grant(keep, 'dynamodb:PutItem');

  const deadLetters = new Queue(loop, 'DeadLetters');
  const queue = new Queue(loop, 'Inbox', {
    visibilityTimeout: Duration.seconds(30),
    enforceSSL: true,
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 2 },
  });
  new Rule(loop, 'ToInbox', {
    eventBus: bus,
    eventPattern: { source: ['toy'] },
    targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
  });
  // A target that nobody let the bus send to.
  const closed = new Queue(loop, 'Closed');
  const broken = new CfnRule(loop, 'Broken', {
    eventBusName: bus.eventBusName,
    eventPattern: { source: ['broken'] },
    targets: [{ id: 'closed', arn: closed.queueArn, deadLetterConfig: { arn: deadLetters.queueArn } }],
  });
  deadLetters.addToResourcePolicy(
    new PolicyStatement({
      actions: ['sqs:SendMessage'],
      resources: [deadLetters.queueArn],
      principals: [new ServicePrincipal('events.amazonaws.com')],
      conditions: { ArnEquals: { 'aws:SourceArn': broken.attrArn } },
    }),
  );
  keep.addEventSource(
    new SqsEventSource(queue, { batchSize: 20, maxBatchingWindow: Duration.minutes(1), reportBatchItemFailures: true }),
  );
  announce.addEventSource(
    new DynamoEventSource(table as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 10,
      bisectBatchOnError: true,
      retryAttempts: 1,
      onFailure: new SqsDlq(deadLetters),
      filters: [FilterCriteria.filter({ dynamodb: { NewImage: { kind: { S: FilterRule.notEquals('echo') } } } })],
    }),
  );
  const authorizer = new HttpLambdaAuthorizer('Authorizer', authorize, {
    responseTypes: [HttpLambdaResponseType.SIMPLE],
    identitySource: [],
    resultsCacheTtl: Duration.seconds(0),
  });
  const api = new HttpApi(loop, 'Api', {
    corsPreflight: { allowOrigins: ['*'], allowMethods: [CorsHttpMethod.POST], allowHeaders: ['authorization'] },
  });
  const integration = new HttpLambdaIntegration('Receive', receive);
  api.addRoutes({ path: '/things/{id}', methods: [HttpMethod.GET], integration });
  api.addRoutes({ path: '/{path+}', methods: [HttpMethod.ANY], integration, authorizer });
  new CfnOutput(loop, 'TableName', { value: table.tableName });
  new CfnOutput(loop, 'BusName', { value: bus.eventBusName });
  new CfnOutput(loop, 'BusArn', { value: bus.eventBusArn });
  new CfnOutput(loop, 'ArchiveArn', { value: archive.archiveArn });
  new CfnOutput(loop, 'QueueUrl', { value: queue.queueUrl });
  new CfnOutput(loop, 'DeadLettersUrl', { value: deadLetters.queueUrl });
  change(loop);
  return app.synth().directory;
}
