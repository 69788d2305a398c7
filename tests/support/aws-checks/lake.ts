import type { Json } from '#support/stage-templates.ts';
import { type AwsCheck, every, policyLength } from './aws-check.ts';

const stream = 'AWS::KinesisFirehose::DeliveryStream';
const table = 'AWS::Glue::Table';
const bucket = 'AWS::S3::Bucket';
const firehose = 'https://docs.aws.amazon.com/firehose/latest/dev';
const projecting = 'https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html';
const lifecycle =
  'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html';

const to = (check: (destination: Json, text: (value: Json) => string) => boolean) =>
  every(stream, ({ ExtendedS3DestinationConfiguration }, stage) =>
    check(ExtendedS3DestinationConfiguration, (value) => stage.text(value)),
  );
const delivering = (destination: Json) => ({
  stream: { Type: stream, Properties: { ExtendedS3DestinationConfiguration: destination } },
});
const parameter = (
  { ProcessingConfiguration: { Processors = [] } = {} as Json }: Json,
  name: string,
  otherwise: number,
): number =>
  Number(
    Processors.flatMap(({ Parameters }: Json) => Parameters).find(({ ParameterName }: Json) => ParameterName === name)
      ?.ParameterValue ?? otherwise,
  );
const projected = (input: Json, text: (value: Json) => string) => {
  const { PartitionKeys = [], Parameters = {} } = input;
  if (Parameters['projection.enabled'] !== 'true') return PartitionKeys.length === 0;
  return PartitionKeys.every(({ Name }: Json) => {
    const of = (property: string) => Parameters[`projection.${Name}.${property}`];
    return (
      text(Parameters['storage.location.template']).includes(`\${${Name}}/`) &&
      of('type') === 'date' &&
      of('range')
        ?.split(',')
        .every((bound: string) => isBound(bound, of('format')))
    );
  });
};
const isBound = (bound: string, format = ''): boolean =>
  bound.startsWith('NOW')
    ? new RegExp(`^NOW(?:[+-]\\d+${format === 'yyyy-MM' ? 'MONTHS?' : 'DAYS?'})?$`).test(bound)
    : bound.length === format.length;
const ruled = (rule: Json) => ({ bucket: { Type: bucket, Properties: { LifecycleConfiguration: { Rules: [rule] } } } });

export const lakeChecks: readonly AwsCheck[] = [
  {
    law: 'A stream that converts to Parquet buffers 64 to 128 MB for up to 900 seconds, and compresses nothing besides',
    source: `${firehose}/record-format-conversion.html`,
    faults: to(
      ({
        DataFormatConversionConfiguration: conversion,
        BufferingHints: hints = {},
        CompressionFormat = 'UNCOMPRESSED',
      }) =>
        conversion?.Enabled !== true ||
        (hints.SizeInMBs >= 64 &&
          hints.SizeInMBs <= 128 &&
          hints.IntervalInSeconds <= 900 &&
          CompressionFormat === 'UNCOMPRESSED'),
    ),
    broken: delivering({
      DataFormatConversionConfiguration: { Enabled: true },
      BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 60 },
    }),
  },
  {
    law: 'A prefix with an expression has an error prefix beside it, which alone names the kind of error',
    source: `${firehose}/s3-prefixes.html`,
    faults: to(
      ({ Prefix = '', ErrorOutputPrefix = '' }) =>
        !Prefix.includes('error-output-type') &&
        (!Prefix.includes('!{') || ErrorOutputPrefix.includes('!{firehose:error-output-type}')),
    ),
    broken: delivering({ Prefix: 'a/!{timestamp:yyyy}/' }),
  },
  {
    law: 'What a stream could not deliver lies outside of what its table reads',
    source: `${firehose}/s3-prefixes.html`,
    faults: to(({ Prefix = '', ErrorOutputPrefix = '' }) => !ErrorOutputPrefix.startsWith(`${Prefix.split('/')[0]}/`)),
    broken: delivering({
      Prefix: 'a/!{timestamp:yyyy}/',
      ErrorOutputPrefix: 'a/errors/!{firehose:error-output-type}/',
    }),
  },
  {
    law: 'The transform gets 0.2 to 3 MB at once, after up to 900 seconds',
    source: 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessorParameter.html',
    faults: to((destination) => {
      const [size, seconds] = [
        parameter(destination, 'BufferSizeInMBs', 1),
        parameter(destination, 'BufferIntervalInSeconds', 60),
      ];
      return size >= 0.2 && size <= 3 && seconds >= 0 && seconds <= 900;
    }),
    broken: delivering({
      ProcessingConfiguration: {
        Processors: [{ Parameters: [{ ParameterName: 'BufferSizeInMBs', ParameterValue: '6' }] }],
      },
    }),
  },
  {
    law: 'A transform ends within the five minutes that Firehose waits',
    source: `${firehose}/data-transformation.html`,
    faults: (stage) => {
      const transforms = JSON.stringify(stage.resources(stream).map(({ properties }) => properties));
      return stage
        .resources('AWS::Lambda::Function')
        .filter(({ id, properties }) => transforms.includes(`"${id}"`) && properties.Timeout > 300)
        .map(({ id }) => id);
    },
    broken: {
      ...delivering({
        ProcessingConfiguration: {
          Processors: [
            { Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: { 'Fn::GetAtt': ['fn', 'Arn'] } }] },
          ],
        },
      }),
      fn: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 600 } },
    },
  },
  {
    law: 'A stream writes where the table is that its rows are converted by',
    source: `${firehose}/record-format-conversion.html`,
    faults: to(
      ({ Prefix = '', DataFormatConversionConfiguration: conversion }) =>
        conversion === undefined || Prefix.startsWith(`${conversion.SchemaConfiguration.TableName}/`),
    ),
    broken: delivering({
      Prefix: 'b/',
      DataFormatConversionConfiguration: { SchemaConfiguration: { TableName: 'a' } },
    }),
  },
  {
    law: 'Every partition key is projected, with bounds in its own format and a place in the location',
    source: projecting,
    faults: every(table, ({ TableInput }, stage) => projected(TableInput, (value) => stage.text(value))),
    broken: {
      table: {
        Type: table,
        Properties: {
          TableInput: {
            PartitionKeys: [{ Name: 'dt' }],
            Parameters: {
              'projection.enabled': 'true',
              'projection.dt.type': 'date',
              'projection.dt.format': 'yyyy-MM',
              'projection.dt.range': 'NOW-30DAYS,NOW',
              'storage.location.template': 's3://lake/a/dt=$' + '{dt}/',
            },
          },
        },
      },
    },
  },
  {
    law: 'No column has the name of a partition key or of another column, in any case of letters',
    source: 'https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html',
    faults: every(table, ({ TableInput: { PartitionKeys = [], StorageDescriptor: { Columns = [] } = {} as Json } }) => {
      const names = [...PartitionKeys, ...Columns].map(({ Name }: Json) => Name.toLowerCase());
      return new Set(names).size === names.length;
    }),
    broken: {
      table: {
        Type: table,
        Properties: {
          TableInput: { PartitionKeys: [{ Name: 'dt' }], StorageDescriptor: { Columns: [{ Name: 'Dt' }] } },
        },
      },
    },
  },
  {
    law: 'A column’s comment has at most 255 bytes',
    source: 'https://docs.aws.amazon.com/glue/latest/webapi/API_Column.html',
    faults: (stage) =>
      stage
        .resources(table)
        .flatMap(({ id, properties: { TableInput } }) =>
          [...(TableInput.PartitionKeys ?? []), ...(TableInput.StorageDescriptor?.Columns ?? [])]
            .filter(({ Comment = '' }: Json) => Buffer.byteLength(Comment) > 255)
            .map(({ Name }: Json) => `${id}.${Name}`),
        ),
    broken: {
      table: {
        Type: table,
        Properties: { TableInput: { StorageDescriptor: { Columns: [{ Name: 'a', Comment: 'x'.repeat(256) }] } } },
      },
    },
  },
  {
    law: 'A lifecycle rule moves objects to infrequent access after 30 days or more, later classes 30 days after that, and expires them last',
    source: lifecycle,
    faults: every(bucket, ({ LifecycleConfiguration: { Rules = [] } = {} as Json }) =>
      Rules.every(({ Transitions = [], ExpirationInDays }: Json) => {
        const days = Transitions.map(({ TransitionInDays }: Json) => TransitionInDays);
        const isLater = days.every((day: number, index: number) => index === 0 || day >= days[index - 1] + 30);
        const isOld = Transitions.every(
          ({ StorageClass, TransitionInDays }: Json) => !/_IA$/.test(StorageClass) || TransitionInDays >= 30,
        );
        return (
          isLater && isOld && (ExpirationInDays === undefined || days.every((day: number) => day < ExpirationInDays))
        );
      }),
    ),
    broken: ruled({ Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }], ExpirationInDays: 7 }),
  },
  {
    law: 'A lifecycle rule that removes delete markers expires nothing by age beside it',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html',
    faults: every(bucket, ({ LifecycleConfiguration: { Rules = [] } = {} as Json }) =>
      Rules.every(
        ({ ExpiredObjectDeleteMarker, ExpirationInDays, ExpirationDate, TagFilters = [] }: Json) =>
          ExpiredObjectDeleteMarker !== true ||
          (ExpirationInDays === undefined && ExpirationDate === undefined && TagFilters.length === 0),
      ),
    ),
    broken: ruled({ ExpiredObjectDeleteMarker: true, ExpirationInDays: 7 }),
  },
  {
    law: 'A bucket’s policy has at most 20 KB',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html',
    faults: every('AWS::S3::BucketPolicy', ({ PolicyDocument }) => policyLength(PolicyDocument) <= 20_480),
    broken: {
      policy: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: { Statement: ['x'.repeat(21_000)] } } },
    },
  },
];
