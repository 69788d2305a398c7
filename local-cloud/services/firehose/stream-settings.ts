import * as z from 'zod';
import { firehoseError } from './errors.ts';

const hints = z.object({ IntervalInSeconds: z.coerce.number().default(300), SizeInMBs: z.coerce.number().default(5) });

const processor = z.object({
  Type: z.literal('Lambda'),
  Parameters: z.array(z.object({ ParameterName: z.string(), ParameterValue: z.coerce.string() })),
});

const schemaSettings = z.object({
  DatabaseName: z.string(),
  TableName: z.string(),
  RoleARN: z.string(),
  Region: z.string().optional(),
  VersionId: z.string().optional(),
});

const conversion = z.object({
  Enabled: z.boolean().default(true),
  SchemaConfiguration: schemaSettings,
  InputFormatConfiguration: z.object({
    Deserializer: z.object({ OpenXJsonSerDe: z.object({ CaseInsensitive: z.boolean().default(true) }) }),
  }),
  OutputFormatConfiguration: z.object({
    Serializer: z.object({
      ParquetSerDe: z.object({ Compression: z.enum(['SNAPPY', 'GZIP', 'UNCOMPRESSED']).default('SNAPPY') }),
    }),
  }),
});

/** Properties of AWS::KinesisFirehose::DeliveryStream that the local Firehose acts on. */
export const streamProperties = z.object({
  DeliveryStreamName: z.string().optional(),
  DeliveryStreamType: z.literal('DirectPut').default('DirectPut'),
  ExtendedS3DestinationConfiguration: z.object({
    BucketARN: z.string(),
    RoleARN: z.string(),
    BufferingHints: hints.optional(),
    Prefix: z.string().default(''),
    ErrorOutputPrefix: z.string().default(''),
    ProcessingConfiguration: z
      .object({ Enabled: z.boolean().default(true), Processors: z.array(processor).max(1).default([]) })
      .optional(),
    DataFormatConversionConfiguration: conversion.optional(),
  }),
});

const destination = (path: string) => `ExtendedS3DestinationConfiguration.${path}`;

/** Their paths; logging and encryption change nothing here. */
export const streamPropertyPaths: readonly string[] = [
  'DeliveryStreamName',
  'DeliveryStreamType',
  'DeliveryStreamEncryptionConfigurationInput.*',
  'Tags',
  destination('BucketARN'),
  destination('RoleARN'),
  destination('BufferingHints.*'),
  destination('Prefix'),
  destination('ErrorOutputPrefix'),
  destination('CompressionFormat'),
  destination('EncryptionConfiguration.*'),
  destination('CloudWatchLoggingOptions.*'),
  destination('S3BackupMode'),
  destination('ProcessingConfiguration.Enabled'),
  destination('ProcessingConfiguration.Processors'),
  destination('ProcessingConfiguration.Processors.*'),
  destination('DataFormatConversionConfiguration.Enabled'),
  destination('DataFormatConversionConfiguration.SchemaConfiguration.*'),
  destination('DataFormatConversionConfiguration.InputFormatConfiguration.Deserializer.OpenXJsonSerDe'),
  destination('DataFormatConversionConfiguration.InputFormatConfiguration.Deserializer.OpenXJsonSerDe.CaseInsensitive'),
  destination('DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.ParquetSerDe'),
  destination('DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.ParquetSerDe.Compression'),
];

/** A delivery stream as it works: sizes in bytes, times in milliseconds. */
export interface StreamSettings {
  readonly name: string;
  readonly arn: string;
  readonly bucket: string;
  readonly roleArn: string;
  readonly bufferBytes: number;
  readonly bufferMs: number;
  readonly prefix: string;
  readonly errorPrefix: string;
  readonly transform?: TransformSettings;
  readonly conversion?: z.infer<typeof conversion>;
}
export interface TransformSettings {
  readonly functionArn: string;
  readonly roleArn: string;
  readonly batchBytes: number;
  readonly retries: number;
}

const megabyte = 1024 * 1024;
/** https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion.html */
const leastConvertedMegabytes = 64;

/** Reads a stream's template properties. */
export function streamSettings(properties: unknown, name: string, arn: string): StreamSettings {
  const { ExtendedS3DestinationConfiguration: to } = streamProperties.parse(properties);
  const processor = to.ProcessingConfiguration?.Enabled === true ? to.ProcessingConfiguration.Processors[0] : undefined;
  const conversion = to.DataFormatConversionConfiguration;
  const converts = conversion?.Enabled === true;
  const hints = to.BufferingHints ?? { IntervalInSeconds: 300, SizeInMBs: converts ? 128 : 5 };
  if (converts && hints.SizeInMBs < leastConvertedMegabytes) {
    throw firehoseError(
      'InvalidArgumentException',
      `${name}: BufferingHints.SizeInMBs must be at least ${leastConvertedMegabytes} when data format conversion is enabled; got ${hints.SizeInMBs}`,
    );
  }
  return {
    name,
    arn,
    bucket: to.BucketARN.replace(/^arn:[^:]+:s3:::/, ''),
    roleArn: to.RoleARN,
    bufferBytes: hints.SizeInMBs * megabyte,
    bufferMs: hints.IntervalInSeconds * 1000,
    prefix: to.Prefix,
    errorPrefix: to.ErrorOutputPrefix,
    ...(processor === undefined ? {} : { transform: transformSettings(processor, to.RoleARN) }),
    ...(converts ? { conversion } : {}),
  };
}

function transformSettings({ Parameters }: z.infer<typeof processor>, streamRole: string): TransformSettings {
  const parameters = new Map(Parameters.map(({ ParameterName, ParameterValue }) => [ParameterName, ParameterValue]));
  const functionArn = parameters.get('LambdaArn');
  if (functionArn === undefined) throw new TypeError('A Lambda processor needs its LambdaArn');
  return {
    functionArn,
    // Firehose takes the whole ARN with a version: Lambda's Invoke does too.
    roleArn: parameters.get('RoleArn') ?? streamRole,
    batchBytes: Number(parameters.get('BufferSizeInMBs') ?? 1) * megabyte,
    retries: Number(parameters.get('NumberOfRetries') ?? 3),
  };
}
