import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type FunctionOptions,
  FunctionUrlAuthType,
  LoggingFormat,
  Runtime,
  StartingPosition,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type IdentifierSettings, touchpoints } from '#contracts/stage/stage-settings.ts';
import type { SendingSettings } from '#infra/sending-settings.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { handlerBundle, handlerSources } from './handler-bundle.ts';
import type { IdentityKey } from './identity-key.ts';
import type { Lake } from './lake.ts';
import type { LoopBus } from './loop-bus.ts';
import type { LoopQueue } from './loop-queue.ts';
import type { LoopTable } from './loop-table.ts';
import type { LoopWorkflow } from './loop-workflow.ts';
import type { MailSender } from './mail-sender.ts';
import { type Batching, refuseUnwindowedBatch } from './refuse-unwindowed-batch.ts';

export interface LoopFunctionProps
  extends Pick<FunctionOptions, 'description' | 'environment' | 'memorySize' | 'timeout'> {
  readonly logRetention: RetentionDays;
  /** How many may run at once, kept free for it; without it, what the account has left. */
  readonly reservedConcurrency?: number | undefined;
  /** Whether X-Ray takes a trace of the first invocation in each second and of 5 % of the others. */
  readonly tracing: boolean;
}

/** What stands in the environment for what a stage has not set up. */
const notSetUp = 'none';

export interface ConsumeOptions extends Batching {
  readonly maxConcurrency: number;
}

export interface FollowOptions extends Batching {
  /** Lambda event filters of stream records, from `FilterCriteria.filter`. */
  readonly filters: readonly Readonly<Record<string, unknown>>[];
  readonly deadLetters: DeadLetterQueue;
}

/** The one way to make a function: the handler whose folder has the construct's id, with a role that may only log and trace until something is bound. */
export class LoopFunction extends NodejsFunction {
  readonly timeoutSeconds: number;
  private readonly executionRole: Role;

  constructor(scope: Construct, id: string, props: LoopFunctionProps) {
    const {
      logRetention,
      tracing,
      environment,
      timeout = Duration.seconds(10),
      reservedConcurrency,
      ...options
    } = props;
    const logGroup = new LogGroup(scope, `${id}-logs`, {
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}-role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    super(scope, id, {
      memorySize: 512,
      ...options,
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
      timeout,
      role,
      logGroup,
      code: Stack.of(scope).bundlingRequired ? handlerBundle(id) : handlerSources(id),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      tracing: tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      loggingFormat: LoggingFormat.JSON,
      // START, END and REPORT lines would cost as much as the invocation; CloudWatch has their numbers as metrics.
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: { NODE_OPTIONS: '--enable-source-maps', POWERTOOLS_SERVICE_NAME: id, ...environment },
    });
    this.executionRole = role;
    this.timeoutSeconds = timeout.toSeconds();
    logGroup.grantWrite(role);
    acknowledgeFindings(this, role, tracing);
  }

  /** Sets the table's variable and grants exactly these reads. */
  reads(table: LoopTable, ...operations: readonly ('GetItem' | 'BatchGetItem' | 'Query')[]): this {
    return this.bind(table.variable, table.tableName).may(
      operations.map((operation) => `dynamodb:${operation}`),
      table.tableArn,
    );
  }

  /** Sets the table's variable and lets it ask an index of the table. */
  queriesIndex(table: LoopTable, indexName: string): this {
    return this.bind(table.variable, table.tableName).may(['dynamodb:Query'], `${table.tableArn}/index/${indexName}`);
  }

  /** Sets the table's variable and grants exactly these writes; they also authorise the parts of a transaction. */
  writes(
    table: LoopTable,
    ...operations: readonly ('PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem')[]
  ): this {
    return this.bind(table.variable, table.tableName).may(
      operations.map((operation) => `dynamodb:${operation}`),
      table.tableArn,
    );
  }

  publishes(bus: LoopBus): this {
    return this.bind('BUS_NAME', bus.eventBusName).may(['events:PutEvents'], bus.eventBusArn);
  }

  /** Lets it turn identifiers into keyed hashes. */
  keys(identityKey: IdentityKey): this {
    return this.bind('IDENTITY_KEY_SECRET_ARN', identityKey.secretArn).may(
      ['secretsmanager:GetSecretValue'],
      identityKey.secretArn,
    );
  }

  /** Tells it the stage's types of identifiers. */
  identifies(settings: IdentifierSettings): this {
    return this.bind('IDENTIFIER_SETTINGS', JSON.stringify(settings));
  }

  /** Tells it which touchpoints and channels the stage has, with those of every stage. */
  knowsTouchpoints(added: readonly string[] = []): this {
    return this.bind('TOUCHPOINTS', [...touchpoints, ...added].join(' '));
  }

  /** Tells it the clock of customers whose own is not known. */
  goesBy(timeZone: string): this {
    return this.bind('USUAL_TIME_ZONE', timeZone);
  }

  /** Tells it what money is in that names no currency. */
  countsIn(currency: string): this {
    return this.bind('USUAL_CURRENCY', currency);
  }

  /** Lets it send mails and text messages, as far as the stage's settings name who sends them. */
  sendsBy(mail: MailSender, { sms, perMinute }: SendingSettings): this {
    const stack = Stack.of(this);
    const setUp = (service: string, resource: string, resourceName: string) =>
      resourceName.startsWith('arn:') ? resourceName : stack.formatArn({ service, resource, resourceName });
    if (sms !== undefined) this.may(['sms-voice:SendTextMessage'], setUp('sms-voice', 'phone-number', sms));
    if (mail.from !== undefined) this.may(['ses:SendEmail'], ...mail.arns);
    return this.bind('MAIL_FROM', mail.from ?? notSetUp)
      .bind('MAIL_CONFIGURATION_SET', mail.configurationSet)
      .bind('SMS_ORIGINATION', sms ?? notSetUp)
      .bind('SENDING_RATES', JSON.stringify(perMinute));
  }

  /** Tells it where the API is, for the links that lead there. */
  linksTo(apiUrl: string): this {
    return this.bind('API_URL', apiUrl);
  }

  /** Lets it run queries on tables of the lake, and on views over them, in the stage's workgroup. */
  queries(lake: Lake, ...tables: readonly string[]): this {
    this.bind('ATHENA_WORKGROUP', lake.workgroupName).bind('ATHENA_DATABASE', lake.databaseName);
    lake.allowsQueries(this.executionRole, tables);
    return this;
  }

  /** Lets it read and write what the steps of campaigns' runs hand each other, and what their queries have found. */
  keepsRunFiles(lake: Lake): this {
    this.bind('LAKE_BUCKET', lake.bucket.bucketName);
    lake.allowsRunFiles(this.executionRole);
    return this;
  }

  /** Lets it start executions of a workflow, look at them and redrive them. */
  runs(
    workflow: LoopWorkflow,
    ...actions: readonly ('StartExecution' | 'DescribeExecution' | 'RedriveExecution')[]
  ): this {
    this.bind('CAMPAIGN_RUN_ARN', workflow.stateMachineArn);
    if (actions.includes('StartExecution')) this.may(['states:StartExecution'], workflow.stateMachineArn);
    const others = actions.filter((action) => action !== 'StartExecution').map((action) => `states:${action}`);
    if (others.length > 0) workflow.allowsOnExecutions(this.executionRole, others);
    return this;
  }

  /** Reads a queue in batches; messages that it names as failed come again, the others don't. */
  consumes(queue: LoopQueue, options: ConsumeOptions): this {
    refuseUnwindowedBatch(this.node.path, options);
    const mapping = this.addEventSourceMapping('queue', {
      eventSourceArn: queue.queueArn,
      batchSize: options.batchSize,
      maxBatchingWindow: options.batchingWindow,
      maxConcurrency: options.maxConcurrency,
      reportBatchItemFailures: true,
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'SQS sources have no failure destination; the queue moves messages to its own dead-letter queue.',
    });
    return this.may(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queue.queueArn);
  }

  /** Reads a table's stream in order; what fails again and again is set aside so that its shard goes on. */
  follows(table: LoopTable, options: FollowOptions): this {
    const streamArn = table.tableStreamArn;
    if (streamArn === undefined) throw new TypeError(`Table ${table.node.path} has no stream to follow`);
    refuseUnwindowedBatch(this.node.path, options);
    this.addEventSourceMapping('stream', {
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: options.batchSize,
      maxBatchingWindow: options.batchingWindow,
      filters: [...options.filters],
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 10,
      onFailure: { bind: () => ({ destination: options.deadLetters.queueArn }) },
    });
    return this.may(
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      streamArn,
    ).may(['sqs:SendMessage'], options.deadLetters.queueArn);
  }

  /**
   * A URL of its own, for callers who sign their requests (SigV4) and whom IAM lets: API Gateway stays out, and its price. A
   * caller's role needs `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction` on the function.
   */
  urlForSigned(): string {
    return this.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM }).url;
  }

  /** Grants actions on ARNs. */
  may(actions: readonly string[], ...resources: readonly string[]): this {
    this.addToRolePolicy(
      new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [...resources] }),
    );
    return this;
  }

  private bind(variable: string, value: string): this {
    this.addEnvironment(variable, value);
    return this;
  }
}

function acknowledgeFindings(fn: LoopFunction, role: Role, tracing: boolean): void {
  if (tracing) {
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray takes trace segments for no particular resource; the only actions on * are its two.',
    });
  } else {
    Validations.of(fn).acknowledge({
      id: 'Serverless-LambdaTracing',
      reason: 'Traces cost more than the functions they watch; a stage turns them on while it looks for something.',
    });
  }
  Validations.of(fn).acknowledge({
    id: 'Serverless-LambdaDLQ',
    reason:
      'Nothing invokes it asynchronously: API Gateway and Firehose wait, queues and streams have their own dead letters.',
  });
}
