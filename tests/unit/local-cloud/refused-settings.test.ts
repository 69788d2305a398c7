import { expect, test } from 'vitest';
import { streamSettings } from '#local-cloud/services/firehose/stream-settings.ts';
import { checkEnvironment } from '#local-cloud/services/lambda/check-environment.ts';

test.each([
  ['4,096 bytes', { A: 'x'.repeat(4095) }, false],
  ['a byte more', { A: 'x'.repeat(4096) }, true],
  ['fewer letters that have more bytes', { A: 'ü'.repeat(2048) }, true],
  ['what two have together', { A: 'x'.repeat(2048), B: 'x'.repeat(2048) }, true],
])('an environment of %s', (_, variables, isRefused) => {
  const check = () => checkEnvironment('fn', variables);
  if (isRefused) expect(check).toThrow('exceeded the 4KB limit');
  else expect(check).not.toThrow();
});

const converting = (SizeInMBs: number) => ({
  ExtendedS3DestinationConfiguration: {
    BucketARN: 'arn:aws:s3:::lake',
    RoleARN: 'role',
    BufferingHints: { SizeInMBs },
    DataFormatConversionConfiguration: {
      InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
      OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
      SchemaConfiguration: { DatabaseName: 'db', TableName: 'events', RoleARN: 'role' },
    },
  },
});

test('a stream that converts buffers 64 MB or more', () => {
  expect(() => streamSettings(converting(63), 'events', 'arn')).toThrow('SizeInMBs must be at least 64');
  expect(streamSettings(converting(64), 'events', 'arn').bufferBytes).toBe(64 * 1024 * 1024);
});
