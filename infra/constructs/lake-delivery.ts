import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { LogGroup, LogStream } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { busSource } from '#contracts/bus/bus-event.ts';
import type { StageConfig } from '#infra/config.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { DeliveryTarget } from './delivery-target.ts';
import type { Lake } from './lake.ts';
import type { LakeTable } from './lake-table.ts';
import type { LoopBus } from './loop-bus.ts';
import type { LoopFunction } from './loop-function.ts';

export interface LakeDeliveryProps {
  readonly bus: LoopBus;
  /** Turns a bus event into the rows it carries, as concatenated JSON documents. */
  readonly transform: LoopFunction;
  readonly lake: Lake;
  readonly table: LakeTable;
  readonly deadLetters: DeadLetterQueue;
  readonly config: StageConfig;
}

/** Brings the events of a lake table to it: rule, Firehose stream, transform, Parquet. */
export class LakeDelivery extends Construct {
  readonly tableName: string;
  readonly streamName: string;
  readonly streamArn: string;
  /** Whether most events go there: its table is parted by day. */
  readonly isDaily: boolean;

  constructor(scope: Construct, id: string, props: LakeDeliveryProps) {
    super(scope, id);
    const stream = deliveryStream(this, props);
    this.tableName = props.table.tableName;
    this.streamName = stream.ref;
    this.streamArn = stream.attrArn;
    this.isDaily = props.table.isDaily;
    new Rule(this, 'rule', {
      eventBus: props.bus,
      eventPattern: {
        source: [busSource],
        detailType: props.table.definition.events.map(({ detailType }) => detailType),
      },
      targets: [new DeliveryTarget(this, stream, props.deadLetters)],
    });
  }
}

function deliveryStream(scope: Construct, props: LakeDeliveryProps): CfnDeliveryStream {
  const { lake, table, transform, config } = props;
  const logGroup = new LogGroup(scope, 'logs', {
    retention: config.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const logStream = new LogStream(scope, 'delivery-log', { logGroup, removalPolicy: RemovalPolicy.DESTROY });
  const role = deliveryRole(scope, props, logGroup);
  const stream = new CfnDeliveryStream(scope, 'stream', {
    deliveryStreamType: 'DirectPut',
    deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
    extendedS3DestinationConfiguration: {
      bucketArn: lake.bucket.bucketArn,
      roleArn: role.roleArn,
      prefix: `${table.prefix}dt=!{timestamp:${table.partitionFormat}}/`,
      errorOutputPrefix: `${table.errorPrefix}!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/`,
      bufferingHints: {
        intervalInSeconds: config.delivery.bufferSeconds,
        sizeInMBs: config.delivery.bufferMegabytes,
      },
      // Parquet compresses within its columns; Firehose takes no second compression.
      compressionFormat: 'UNCOMPRESSED',
      cloudWatchLoggingOptions: {
        enabled: true,
        logGroupName: logGroup.logGroupName,
        logStreamName: logStream.logStreamName,
      },
      processingConfiguration: {
        enabled: true,
        processors: [transformBy(transform, table.definition.transformMegabytes ?? 1)],
      },
      dataFormatConversionConfiguration: {
        enabled: true,
        inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
        outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
        schemaConfiguration: {
          catalogId: Stack.of(scope).account,
          databaseName: table.databaseName,
          tableName: table.tableName,
          region: Aws.REGION,
          roleArn: role.roleArn,
          versionId: 'LATEST',
        },
      },
    },
  });
  stream.node.addDependency(role);
  return stream;
}

/**
 * Firehose hands the transform some MB or a minute of events, a record more at most: its answer has to stay under Lambda's 6 MB, in
 * base64. With 0.2 MB and one record of 64 KB rows may have 17 times the bytes of their event; with 1 MB, 4 times.
 */
function transformBy(transform: LoopFunction, megabytes: number): CfnDeliveryStream.ProcessorProperty {
  const parameter = (parameterName: string, parameterValue: string) => ({ parameterName, parameterValue });
  return {
    type: 'Lambda',
    parameters: [
      parameter('LambdaArn', transform.functionArn),
      parameter('NumberOfRetries', '3'),
      parameter('BufferSizeInMBs', String(megabytes)),
      parameter('BufferIntervalInSeconds', '60'),
    ],
  };
}

function deliveryRole(scope: Construct, { lake, table, transform }: LakeDeliveryProps, logGroup: LogGroup): Role {
  const role = new Role(scope, 'role', { assumedBy: new ServicePrincipal('firehose.amazonaws.com') });
  lake.allowsDelivery(role, table);
  const allow = (actions: string[], resource: string) =>
    role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
  allow(['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration'], transform.functionArn);
  allow(['logs:PutLogEvents'], logGroup.logGroupArn);
  return role;
}
