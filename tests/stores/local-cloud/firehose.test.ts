import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, type LocalLake, startEventLake } from '#support/local-lake.ts';

const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:land';
let lake: LocalLake;
let invocations: { records: { recordId: string; data: string }[] }[] = [];

/** The transform: unpacks `{rows: […]}` into concatenated documents; `drop` and `fail` say what to answer. */
const invoke = async (input: Readonly<Record<string, unknown>>) => {
  const event = JSON.parse(Buffer.from(input.Payload as Uint8Array).toString());
  invocations.push(event);
  const records = event.records.map(({ recordId, data }: { recordId: string; data: string }) => {
    const text = Buffer.from(data, 'base64').toString();
    if (text === 'drop') return { recordId, result: 'Dropped' };
    if (text === 'fail') return { recordId, result: 'ProcessingFailed' };
    return { recordId, result: 'Ok', data };
  });
  return { StatusCode: 200, Payload: Buffer.from(JSON.stringify({ records })) };
};

beforeAll(async () => {
  lake = await startEventLake({ invoke });
  const roleArn = await lake.role(
    'Delivery',
    { Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::lake/events/*', 'arn:aws:s3:::lake/errors/*'] },
    { Action: ['glue:GetTableVersions'], Resource: ['arn:aws:glue:*'] },
    { Action: ['lambda:InvokeFunction'], Resource: [functionArn] },
  );
  await lake.make(lake.services.firehose, 'AWS::KinesisFirehose::DeliveryStream', 'Events', {
    DeliveryStreamName: 'events',
    ExtendedS3DestinationConfiguration: {
      BucketARN: 'arn:aws:s3:::lake',
      RoleARN: roleArn,
      Prefix: 'events/dt=!{timestamp:yyyy-MM-dd}/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
      BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 64 },
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [{ Type: 'Lambda', Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: functionArn }] }],
      },
      DataFormatConversionConfiguration: {
        InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
        OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
        SchemaConfiguration: { DatabaseName: 'db', TableName: 'events', RoleARN: roleArn, VersionId: 'LATEST' },
      },
    },
  });
});
afterAll(() => lake.stop());

const put = (...texts: string[]) =>
  lake.call('firehose', 'PutRecordBatch', {
    DeliveryStreamName: 'events',
    Records: texts.map((text) => ({ Data: Buffer.from(text).toString('base64') })),
  });
const keys = async (prefix: string) => {
  const { Contents } = await lake.call('s3', 'ListObjectsV2', { Bucket: 'lake', Prefix: prefix });
  return ((Contents as { Key: string }[] | undefined) ?? []).map(({ Key }) => Key);
};
const row = (values: Record<string, unknown>) => JSON.stringify({ message_id: 'm', ...values });

describe('a delivery stream', () => {
  test('turns concatenated documents into rows whose values are exact', async () => {
    const big = `{"message_id":"big","revenue_minor":9007199254740993,"score":0.1,"known":true,"at":"2026-01-01T00:00:00.123Z","product_ids":["a","b"],"unknown":1}`;
    await put(`${big}${row({ message_id: 'none' })}`, row({ message_id: 'Zoë "x", \n{[' }));
    await lake.services.firehose.flush?.();
    const { rows } = await ask(lake, 'SELECT * FROM events ORDER BY message_id');
    expect(rows).toEqual([
      ['Zoë "x", \n{[', null, null, null, null, null, '2026-01-01'],
      ['big', '9007199254740993', '0.1', 'true', '2026-01-01 00:00:00.123', '[a, b]', '2026-01-01'],
      ['none', null, null, null, null, null, '2026-01-01'],
    ]);
  });

  test('names its objects by arrival day, stream and time', async () => {
    expect(await keys('events/')).toEqual([
      expect.stringMatching(/^events\/dt=2026-01-01\/events-1-2026-01-01-00-00-00-[0-9a-f-]{36}\.parquet$/),
    ]);
  });

  test('asks the function with the real event shape', () => {
    expect(invocations[0]).toEqual({
      invocationId: expect.any(String),
      deliveryStreamArn: 'arn:aws:firehose:eu-central-1:123456789012:deliverystream/events',
      region: 'eu-central-1',
      records: expect.arrayContaining([
        {
          recordId: expect.any(String),
          approximateArrivalTimestamp: lake.context.clock.now(),
          data: expect.any(String),
        },
      ]),
    });
  });

  test('leaves dropped records out, and puts failed and malformed ones under the error prefix', async () => {
    await put(
      'drop',
      'fail',
      '{"message_id":',
      row({ revenue_minor: 1.5 }),
      row({ message_id: 'fine', revenue_minor: '12' }),
    );
    await lake.services.firehose.flush?.();
    const { rows } = await ask(lake, "SELECT revenue_minor FROM events WHERE message_id = 'fine'");
    expect(rows).toEqual([['12']]);
    const [failed] = await keys('errors/processing-failed/');
    const [malformed, ...more] = await keys('errors/format-conversion-failed/');
    expect(more).toEqual([]);
    expect(await lines(failed)).toEqual([
      expect.objectContaining({ rawData: Buffer.from('fail').toString('base64'), lambdaArn: functionArn }),
    ]);
    expect((await lines(malformed))[0]).toEqual({
      attemptsMade: 1,
      arrivalTimestamp: lake.context.clock.now(),
      attemptEndingTimestamp: lake.context.clock.now(),
      ErrorCode: 'DataFormatConversion.MalformedData',
      ErrorMessage: expect.any(String),
      rawData: expect.any(String),
      sequenceNumber: null,
      subSequenceNumber: null,
      dataCatalogTable: expect.objectContaining({ databaseName: 'db', tableName: 'events', versionId: 'LATEST' }),
    });
    expect((await lines(malformed)).map(({ rawData }) => Buffer.from(String(rawData), 'base64').toString())).toEqual([
      '{"message_id":',
      row({ revenue_minor: 1.5 }),
    ]);
  });

  test('delivers by itself when its oldest record is as old as the buffer interval', async () => {
    await put(row({ message_id: 'waits' }));
    await lake.services.firehose.clockMoved?.(0);
    const count = () =>
      ask(lake, "SELECT count(*) FROM events WHERE message_id = 'waits'").then(({ rows }) => rows[0]?.[0]);
    expect(await count()).toBe('0');
    lake.context.clock.nowMs += 60_000;
    await lake.services.firehose.clockMoved?.(0);
    expect(await count()).toBe('1');
  });

  test('splits what it hands to the function by the processor size of 1 MB', async () => {
    invocations = [];
    await put(...Array.from({ length: 3 }, () => row({ message_id: 'x'.repeat(600_000) })));
    await lake.services.firehose.flush?.();
    expect(invocations.map(({ records }) => records.length)).toEqual([1, 1, 1]);
  });

  test('keeps records that arrive while a delivery is under way for the next one', async () => {
    await put(row({ message_id: 'before' }));
    const flushed = lake.services.firehose.flush?.();
    await put(row({ message_id: 'during' }));
    await flushed;
    await lake.services.firehose.flush?.();
    const { rows } = await ask(
      lake,
      "SELECT message_id FROM events WHERE message_id IN ('before', 'during') ORDER BY 1",
    );
    expect(rows).toEqual([['before'], ['during']]);
  });

  test('refuses a record over 1,024,000 bytes', async () => {
    await put('x'.repeat(10));
    await expect(put('x'.repeat(1_024_001))).rejects.toThrow(/1024001 bytes/);
  });
});

async function lines(key: string | undefined): Promise<Record<string, unknown>[]> {
  const { Body } = await lake.call('s3', 'GetObject', { Bucket: 'lake', Key: key ?? '' });
  return Buffer.from(Body as Uint8Array)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('keeps what waits when the process ends', async () => {
  const stateDirectory = lake.context.stateDirectory;
  const open = async () => {
    const again = await startEventLake({ stateDirectory, invoke });
    const roleArn = await again.role('Plain', { Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::lake/plain/*'] });
    await again.make(again.services.firehose, 'AWS::KinesisFirehose::DeliveryStream', 'Plain', {
      DeliveryStreamName: 'plain',
      ExtendedS3DestinationConfiguration: { BucketARN: 'arn:aws:s3:::lake', RoleARN: roleArn, Prefix: 'plain/' },
    });
    return again;
  };
  const first = await open();
  await first.call('firehose', 'PutRecord', {
    DeliveryStreamName: 'plain',
    Record: { Data: Buffer.from('kept').toString('base64') },
  });
  await first.stop();
  const second = await open();
  await second.services.firehose.flush?.();
  const [key] = await keys('plain/2026/01/01/00/');
  const { Body } = await second.call('s3', 'GetObject', { Bucket: 'lake', Key: key ?? '' });
  expect(Buffer.from(Body as Uint8Array).toString()).toBe('kept');
  await second.stop();
});
