import type { Json } from '#support/stage-templates.ts';
import { type AwsCheck, type CheckedStage, every, policyLength } from './aws-check.ts';

const mapping = 'AWS::Lambda::EventSourceMapping';
const fn = 'AWS::Lambda::Function';
const guide = 'https://docs.aws.amazon.com/lambda/latest/dg';
const api = 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html';

const byArn = (stage: CheckedStage, type: string, reference: Json): Json =>
  stage.resources(type).find(({ id }) => [id, `${id}.Arn`].includes(stage.text(reference)))?.properties;
const queueOf = (stage: CheckedStage, properties: Json) => byArn(stage, 'AWS::SQS::Queue', properties.EventSourceArn);
const functionOf = (stage: CheckedStage, properties: Json) => byArn(stage, fn, properties.FunctionName);
const ofStreams = [
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ParallelizationFactor',
  'StartingPosition',
  'TumblingWindowInSeconds',
];
const queue = { Type: 'AWS::SQS::Queue' };
const reading = (properties: Json) => ({
  Type: mapping,
  Properties: { EventSourceArn: 'queue.Arn', FunctionName: 'fn', ...properties },
});

export const lambdaChecks: readonly AwsCheck[] = [
  {
    law: 'A batch above 10 has a batching window of at least a second',
    source: api,
    faults: every(
      mapping,
      ({ BatchSize = 10, MaximumBatchingWindowInSeconds: window = 0 }) => BatchSize <= 10 || window >= 1,
    ),
    broken: { map: reading({ BatchSize: 100, MaximumBatchingWindowInSeconds: 0 }) },
  },
  {
    law: 'A FIFO queue is read in batches of up to 10, without a window',
    source: `${guide}/services-sqs-parameters.html`,
    faults: every(mapping, (properties, stage) => {
      const { BatchSize = 10, MaximumBatchingWindowInSeconds: window = 0 } = properties;
      return queueOf(stage, properties)?.FifoQueue !== true || (BatchSize <= 10 && window === 0);
    }),
    broken: {
      map: reading({ BatchSize: 5, MaximumBatchingWindowInSeconds: 1 }),
      queue: { ...queue, Properties: { FifoQueue: true } },
    },
  },
  {
    law: 'A queue hides a message for six times its function’s timeout and the batching window; Lambda refuses less than the timeout',
    source: `${guide}/services-sqs-configure.html`,
    faults: every(mapping, (properties, stage) => {
      const source = queueOf(stage, properties);
      const timeout = functionOf(stage, properties)?.Timeout ?? 3;
      const window = properties.MaximumBatchingWindowInSeconds ?? 0;
      return source === undefined || (source.VisibilityTimeout ?? 30) >= 6 * timeout + window;
    }),
    broken: { map: reading({}), queue, fn: { Type: fn, Properties: { Timeout: 60 } } },
  },
  {
    law: 'A queue that a function reads gives a message up after five attempts or more, so that throttled ones don’t count it out',
    source: `${guide}/services-sqs-configure.html`,
    faults: every(mapping, (properties, stage) => {
      const source = queueOf(stage, properties);
      return source === undefined || source.RedrivePolicy?.maxReceiveCount >= 5;
    }),
    broken: { map: reading({}), queue: { ...queue, Properties: { RedrivePolicy: { maxReceiveCount: 2 } } } },
  },
  {
    law: 'A mapping lets no more functions run at once than its function’s reserved concurrency',
    source: `${guide}/services-sqs-scaling.html`,
    faults: every(mapping, (properties, stage) => {
      const reserved = functionOf(stage, properties)?.ReservedConcurrentExecutions ?? 1000;
      return (properties.ScalingConfig?.MaximumConcurrency ?? 2) <= reserved;
    }),
    broken: {
      map: reading({ ScalingConfig: { MaximumConcurrency: 10 } }),
      fn: { Type: fn, Properties: { ReservedConcurrentExecutions: 5 } },
    },
  },
  {
    law: 'Reserved concurrency leaves 100 of an account’s 1,000 to the other functions',
    source: `${guide}/configuration-concurrency.html`,
    faults: (all) => {
      const reserving = all.resources(fn).filter(({ properties }) => properties.ReservedConcurrentExecutions > 0);
      const sum = reserving.reduce((total, { properties }) => total + properties.ReservedConcurrentExecutions, 0);
      return sum <= 900 ? [] : reserving.map(({ id }) => id);
    },
    broken: { fn: { Type: fn, Properties: { ReservedConcurrentExecutions: 901 } } },
  },
  {
    law: 'What only streams have is set for streams only, and a stream has a starting position',
    source: `${guide}/services-sqs-parameters.html`,
    faults: every(mapping, (properties, stage) =>
      queueOf(stage, properties) === undefined
        ? properties.StartingPosition !== undefined
        : ofStreams.every((name) => properties[name] === undefined),
    ),
    broken: { map: reading({ MaximumRetryAttempts: 3 }), queue },
  },
  {
    law: 'A mapping has at most five filters, each of up to 4,096 characters',
    source: `${guide}/invocation-eventfiltering.html`,
    faults: every(
      mapping,
      ({ FilterCriteria: { Filters = [] } = {} }) =>
        Filters.length <= 5 && Filters.every(({ Pattern }: Json) => Pattern.length <= 4096),
    ),
    broken: { map: reading({ FilterCriteria: { Filters: [{ Pattern: 'x'.repeat(4097) }] } }) },
  },
  {
    law: 'A table’s stream has at most two readers',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html',
    faults: (stage) => {
      const sources = stage.resources(mapping).map(({ properties }) => stage.text(properties.EventSourceArn));
      return [...Map.groupBy(sources, (source) => source)]
        .filter(([source, readers]) => source.endsWith('StreamArn') && readers.length > 2)
        .map(([source]) => source);
    },
    broken: Object.fromEntries(['a', 'b', 'c'].map((id) => [id, reading({ EventSourceArn: 'table.StreamArn' })])),
  },
  {
    law: 'A function’s environment has at most 4 KB in bytes, names and values together',
    source: `${guide}/gettingstarted-limits.html`,
    faults: every(fn, ({ Environment: { Variables = {} } = {} }) => environmentBytes(Variables) <= 4096),
    broken: { fn: { Type: fn, Properties: { Environment: { Variables: { SETTINGS: 'ü'.repeat(2100) } } } } },
  },
  {
    law: 'A function’s resource policy has at most 20 KB',
    source: `${guide}/gettingstarted-limits.html`,
    faults: (stage) => {
      const grants = Map.groupBy(stage.resources('AWS::Lambda::Permission'), ({ properties }) =>
        stage.text(properties.FunctionName),
      );
      return [...grants]
        .filter(([, all]) => policyLength(all.map(({ properties }) => properties)) > 20_480)
        .map(([id]) => id);
    },
    broken: Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `grant${index}`,
        { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: 'fn', SourceArn: 'a'.repeat(400) } },
      ]),
    ),
  },
  {
    law: 'Log levels are set only where the log format is JSON',
    source: `${guide}/monitoring-cloudwatchlogs-log-level.html`,
    faults: every(
      fn,
      ({ LoggingConfig: { LogFormat = 'Text', SystemLogLevel, ApplicationLogLevel } = {} as Json }) =>
        LogFormat === 'JSON' || (SystemLogLevel === undefined && ApplicationLogLevel === undefined),
    ),
    broken: { fn: { Type: fn, Properties: { LoggingConfig: { SystemLogLevel: 'WARN' } } } },
  },
];

// A name that CloudFormation makes for a table or a bus has some 60 characters, an ARN twice as many.
const referenceBytes = 128;
const environmentBytes = (variables: Json): number =>
  Object.entries(variables).reduce(
    (sum, [name, value]) =>
      sum + Buffer.byteLength(name) + (typeof value === 'string' ? Buffer.byteLength(value) : referenceBytes),
    0,
  );
