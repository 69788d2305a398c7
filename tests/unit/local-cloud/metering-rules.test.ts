import { describe, expect, test } from 'vitest';
import { type CallNotes, emptyNotes } from '#local-cloud/metering/call-notes.ts';
import { billedMs, invocationUsage } from '#local-cloud/metering/invocation-usage.ts';
import { perCall } from '#local-cloud/metering/per-call.ts';
import type { BillingRule, RanCall } from '#local-cloud/metering/usage.ts';
import { createAthenaBilling } from '#local-cloud/services/athena/billing.ts';
import { dynamoDbBilling } from '#local-cloud/services/dynamodb/billing.ts';
import { streamsBilling } from '#local-cloud/services/dynamodb-streams/billing.ts';
import { eventBridgeBilling } from '#local-cloud/services/eventbridge/billing.ts';
import { firehoseBilling } from '#local-cloud/services/firehose/billing.ts';
import { s3Billing } from '#local-cloud/services/s3/billing.ts';
import { sqsBilling } from '#local-cloud/services/sqs/billing.ts';

const KB = 1024;

/** Notes of a call that found and left items of so many bytes. */
function touched(...sizes: readonly (readonly [before: number, after: number])[]): CallNotes {
  const notes = emptyNotes();
  for (const [index, [before, after]] of sizes.entries()) notes.items.set(`k${index}`, { table: 't', before, after });
  return notes;
}

type Sizes = readonly (readonly [before: number, after: number])[];

/** The same with entries of an index. */
function indexed(items: Sizes, entries: Sizes): CallNotes {
  const notes = touched(...items);
  for (const [at, [before, after]] of entries.entries())
    notes.indexEntries.set(`k${at}`, { table: 'i', before, after });
  return notes;
}

/** The rules of the services by their names, an Athena that has billed no query yet. */
function billingRules() {
  const rules: Readonly<Record<string, BillingRule>> = {
    athena: createAthenaBilling(),
    dynamodb: dynamoDbBilling,
    'dynamodb-streams': streamsBilling,
    events: eventBridgeBilling,
    firehose: firehoseBilling,
    glue: perCall,
    s3: s3Billing,
    secretsmanager: perCall,
    sqs: sqsBilling,
  };
  return (service: string, call: RanCall) => rules[service]?.(call).filter(({ amount }) => amount > 0) ?? [];
}

function bill(service: string, operation: string, call: Partial<RanCall> = {}): Record<string, number> {
  const ran = { operation, input: {}, output: {}, notes: emptyNotes(), ...call };
  return Object.fromEntries(billingRules()(service, ran).map(({ unit, amount }) => [unit, amount]));
}

/** An item of exactly so many bytes: a name of two and a text. */
const itemOf = (bytes: number) => ({ pk: { S: 'x'.repeat(bytes - 2) } });

describe('write request units', () => {
  test.each<[string, string, Partial<RanCall>, number]>([
    ['a put of 1 KB', 'PutItem', { notes: touched([0, KB]) }, 1],
    ['a put of a byte more', 'PutItem', { notes: touched([0, KB + 1]) }, 2],
    ['a put of a small item over one of 3 KB', 'PutItem', { notes: touched([3 * KB, 10]) }, 3],
    ['a delete of 2.5 KB', 'DeleteItem', { notes: touched([2.5 * KB, 0]) }, 3],
    ['a delete of nothing', 'DeleteItem', { notes: touched([0, 0]) }, 1],
    ['a batch of three', 'BatchWriteItem', { notes: touched([0, 10], [0, 10], [0, 1500]) }, 4],
    ['a put of a new item that an index has', 'PutItem', { notes: indexed([[0, 10]], [[0, 10]]) }, 2],
    [
      'one that moves in its index',
      'UpdateItem',
      {
        notes: indexed(
          [[10, 10]],
          [
            [10, 0],
            [0, 10],
          ],
        ),
      },
      3,
    ],
    [
      'a transaction of it, in which the index costs once',
      'TransactWriteItems',
      { notes: indexed([[0, 10]], [[0, 10]]) },
      3,
    ],
    [
      'a failed condition on an item of 1 KB with a new one of 4 KB',
      'PutItem',
      { failure: 'ConditionalCheckFailedException', notes: touched([KB, 0]), input: { Item: itemOf(4 * KB) } },
      4,
    ],
    [
      'a transaction of 1 and 1.5 KB',
      'TransactWriteItems',
      { notes: touched([0, KB], [10, 1.5 * KB]), input: { TransactItems: [{ Put: {} }, { Put: {} }] } },
      6,
    ],
    [
      'a cancelled transaction of two small items',
      'TransactWriteItems',
      {
        failure: 'TransactionCanceledException',
        notes: touched([10, 0], [0, 0]),
        input: { TransactItems: [{ Put: { Item: itemOf(10) } }, { Put: { Item: itemOf(1025) } }] },
      },
      6,
    ],
  ])('%s', (_, operation, call, units) => {
    expect(bill('dynamodb', operation, call)).toEqual({ 'write-request-units': units });
  });

  test('are none when the request was not valid or was throttled', () => {
    const notes = touched([0, 0]);
    expect(bill('dynamodb', 'PutItem', { failure: 'ValidationException', notes })).toEqual({});
    expect(bill('dynamodb', 'TransactWriteItems', { failure: 'ThrottlingException', notes })).toEqual({});
  });
});

describe('read request units', () => {
  test.each<[string, string, Partial<RanCall>, number]>([
    ['a get of 4 KB', 'GetItem', { notes: touched([4 * KB, 0]) }, 0.5],
    [
      'a consistent get of a byte more',
      'GetItem',
      { notes: touched([4 * KB + 1, 0]), input: { ConsistentRead: true } },
      2,
    ],
    ['a get of nothing', 'GetItem', { notes: touched([0, 0]) }, 0.5],
    [
      'a consistent batch of an item and two that are not there',
      'BatchGetItem',
      { notes: touched([5 * KB, 0], [0, 0], [0, 0]), input: { RequestItems: { t: { ConsistentRead: true } } } },
      4,
    ],
    ['a transaction of two small items', 'TransactGetItems', { notes: touched([1, 0], [1, 0]) }, 4],
    ['a query of three items of 3 KB', 'Query', { output: { Items: [1, 2, 3].map(() => itemOf(3 * KB)) } }, 1.5],
    ['a query of nothing', 'Query', { output: { Items: [] } }, 0.5],
    [
      'a transaction whose token is known',
      'TransactWriteItems',
      { input: { TransactItems: [{ Put: { Item: itemOf(100) } }] } },
      2,
    ],
  ])('%s', (_, operation, call, units) => {
    expect(bill('dynamodb', operation, call)).toEqual({ 'read-request-units': units });
  });
});

describe('messages', () => {
  const entry = (bytes: number) => ({ Source: 's', DetailType: 'd', Detail: 'x'.repeat(bytes - 2) });

  test('an event counts once per started 64 KB, a refused one not at all, an archived one by its bytes', () => {
    const notes = { ...emptyNotes(), archivedBytes: 70_000 };
    const input = { Entries: [entry(64 * KB), entry(64 * KB + 1), entry(10)] };
    const output = { Entries: [{ EventId: '1' }, { EventId: '2' }, { ErrorCode: 'MalformedDetail' }] };
    expect(bill('events', 'PutEvents', { input, output, notes })).toEqual({
      'event-chunks': 3,
      'archived-bytes': 70_000,
    });
  });

  test.each<[string, string, Partial<RanCall>, number]>([
    ['a message of 64 KB', 'SendMessage', { input: { MessageBody: 'x'.repeat(64 * KB) } }, 1],
    ['a message of a byte more', 'SendMessage', { input: { MessageBody: 'x'.repeat(64 * KB + 1) } }, 2],
    [
      'ten messages of 10 KB',
      'SendMessageBatch',
      { input: { Entries: Array.from({ length: 10 }, () => ({ MessageBody: 'x'.repeat(10 * KB) })) } },
      2,
    ],
    ['an empty receive', 'ReceiveMessage', { output: { Messages: [] } }, 1],
    ['a receive of 65 KB', 'ReceiveMessage', { output: { Messages: [{ Body: 'x'.repeat(65 * KB) }] } }, 2],
    ['a delete of ten', 'DeleteMessageBatch', {}, 1],
  ])('%s', (_, operation, call, requests) => {
    expect(bill('sqs', operation, call)).toEqual({ requests });
  });

  test('a record is rounded up to 5 KB, as bytes and as base64, each for itself', () => {
    const one = { input: { Record: { Data: new Uint8Array(5 * KB + 1) } } };
    const three = [1, 5 * KB, 12_000].map((bytes) => ({ Data: Buffer.alloc(bytes).toString('base64') }));
    expect(bill('firehose', 'PutRecord', one)).toEqual({ 'ingested-bytes': 10_240, 'converted-bytes': 10_240 });
    expect(bill('firehose', 'PutRecordBatch', { input: { Records: three } })).toEqual({
      'ingested-bytes': 25_600,
      'converted-bytes': 25_600,
    });
  });
});

describe('the lake', () => {
  test.each([
    ['PutObject', 'put-class-requests'],
    ['ListObjectsV2', 'put-class-requests'],
    ['GetObject', 'get-class-requests'],
    ['HeadObject', 'get-class-requests'],
    ['DeleteObject', 'free-requests'],
  ])('%s is one of the %s', (operation, unit) => {
    expect(bill('s3', operation)).toEqual({ [unit]: 1 });
  });

  const end = (id: string, bytes: number, state = 'SUCCEEDED', type = 'DML') => ({
    operation: 'GetQueryExecution',
    input: {},
    notes: emptyNotes(),
    output: {
      QueryExecution: {
        QueryExecutionId: id,
        StatementType: type,
        Status: { State: state },
        Statistics: { DataScannedInBytes: bytes },
      },
    },
  });

  test('a query scans at least 10 MB, counts by the MB, and counts once however often it is looked at', () => {
    const usageOf = billingRules();
    const scanned = (...query: Parameters<typeof end>) =>
      usageOf('athena', end(...query)).map(({ amount }) => amount / KB / KB);
    expect(scanned('a', 1, 'RUNNING')).toEqual([]);
    expect(scanned('a', 1)).toEqual([10]);
    expect(scanned('a', 1)).toEqual([]);
    expect(scanned('b', 20 * KB * KB + 1, 'CANCELLED')).toEqual([21]);
    expect(scanned('c', 20 * KB * KB, 'FAILED')).toEqual([]);
    expect(scanned('d', 0, 'SUCCEEDED', 'DDL')).toEqual([]);
  });
});

test('a query is billed a LIST for each partition that it listed, once', () => {
  const usageOf = billingRules();
  const QueryExecution = {
    QueryExecutionId: 'q',
    StatementType: 'DML',
    Status: { State: 'SUCCEEDED' },
    Statistics: { DataScannedInBytes: 0 },
  };
  const notes = { ...emptyNotes(), listedPartitions: 1951 };
  const look = () =>
    usageOf('athena', { operation: 'GetQueryExecution', input: {}, notes, output: { QueryExecution } }).filter(
      ({ unit }) => unit === 'put-class-requests',
    );
  expect([look(), look()]).toEqual([[{ unit: 'put-class-requests', amount: 1951 }], []]);
});

describe('an invocation', () => {
  test('is billed by memory and started milliseconds, start-up included', () => {
    const usage = invocationUsage(512, { durationMs: 10.2, cpuMs: 0, initMs: 199.5 });
    expect(usage).toEqual([
      { unit: 'requests', amount: 1 },
      { unit: 'gb-seconds', amount: (0.5 * 211) / 1000 },
    ]);
  });

  test.each([
    ['waits 90 ms and computes 10 on a whole CPU', 1769, 100],
    ['computes twice as long on half a CPU', 884.5, 110],
    ['computes no faster on more than one', 3538, 100],
  ])('%s', (_, memoryMb, ms) => {
    expect(billedMs(memoryMb, { durationMs: 100, cpuMs: 10, initMs: 0 })).toBe(ms);
  });
});
