import {
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';
import { run, serviceContext } from '#support/local-service-context.ts';

const start = async (...given: Parameters<typeof startTestTable>): Promise<TestTable> => {
  const table = await startTestTable(...given);
  onTestFinished(() => table[Symbol.asyncDispose]());
  return table;
};
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'persona#1' } });
const put = (table: TestTable, pk: string, v: number, more: object = {}) =>
  table.client.send(new PutItemCommand({ TableName: table.name, Item: { ...key(pk), v: { N: String(v) }, ...more } }));

test('tells of an insert, a change and a removal with both images', async () => {
  const table = await start();
  await put(table, 'a', 1);
  await put(table, 'a', 2);
  await table.client.send(new DeleteItemCommand({ TableName: table.name, Key: key('a') }));
  const image = (v: number) => ({ ...key('a'), v: { N: String(v) } });
  expect(
    (await table.records()).map(({ eventName, dynamodb }) => [eventName, dynamodb.OldImage, dynamodb.NewImage]),
  ).toEqual([
    ['INSERT', undefined, image(1)],
    ['MODIFY', image(1), image(2)],
    ['REMOVE', image(2), undefined],
  ]);
});

test('tells nothing of a write that changes nothing', async () => {
  const table = await start();
  await put(table, 'a', 1, { tags: { SS: ['x', 'y'] } });
  await put(table, 'a', 1, { tags: { SS: ['y', 'x'] } });
  await table.client.send(
    new UpdateItemCommand({
      TableName: table.name,
      Key: key('a'),
      UpdateExpression: 'SET v = :v',
      ExpressionAttributeValues: { ':v': { N: '1.0' } },
    }),
  );
  await table.client.send(new DeleteItemCommand({ TableName: table.name, Key: key('never') }));
  expect(await table.records()).toHaveLength(1);
});

test('keeps the order of concurrent writes to one key: each old image is the new image before it', async () => {
  const table = await start();
  await Promise.all(Array.from({ length: 60 }, (_, n) => put(table, `k${n % 3}`, n)));
  const records = await table.records();
  expect(records.map(({ dynamodb }) => dynamodb.SequenceNumber)).toEqual(
    records.map(({ dynamodb }) => dynamodb.SequenceNumber).sort(),
  );
  for (const pk of ['k0', 'k1', 'k2']) {
    const chain = records.filter(({ dynamodb }) => dynamodb.Keys.pk?.S === pk).map(({ dynamodb }) => dynamodb);
    expect(chain).toHaveLength(20);
    expect(chain.slice(1).map(({ OldImage }) => OldImage)).toEqual(chain.slice(0, -1).map(({ NewImage }) => NewImage));
  }
});

test('tells of every item of a transaction', async () => {
  const table = await start();
  await table.client.send(
    new TransactWriteItemsCommand({
      TransactItems: ['a', 'b'].map((pk) => ({ Put: { TableName: table.name, Item: key(pk) } })),
    }),
  );
  expect((await table.records()).map(({ dynamodb }) => dynamodb.Keys)).toEqual([key('a'), key('b')]);
});

test('wakes a listener after a change and leaves it alone after none', async () => {
  const table = await start();
  let woken = 0;
  const stop = table.service.onStreamRecords(table.streamArn, () => {
    woken += 1;
  });
  await put(table, 'a', 1);
  await put(table, 'a', 1);
  expect(woken).toBe(1);
  stop();
  await put(table, 'a', 2);
  expect(woken).toBe(1);
});

test('starts after what is there when the iterator says LATEST', async () => {
  const table = await start();
  await put(table, 'a', 1);
  const { ShardIterator } = (await run(table.streams, 'GetShardIterator', {
    StreamArn: table.streamArn,
    ShardId: 'shardId-00000000000000000001-local',
    ShardIteratorType: 'LATEST',
  })) as { ShardIterator: string };
  await put(table, 'b', 2);
  const { Records } = (await run(table.streams, 'GetRecords', { ShardIterator })) as {
    Records: { dynamodb: { Keys: unknown } }[];
  };
  expect(Records.map(({ dynamodb }) => dynamodb.Keys)).toEqual([key('b')]);
});

test('gives keys only when the table says so', async () => {
  const table = await start(undefined, { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } });
  await put(table, 'a', 1);
  const [record] = await table.records();
  expect(record?.dynamodb).toMatchObject({ Keys: key('a') });
  expect(record?.dynamodb).not.toHaveProperty('NewImage');
});

test('keeps its records and its ARN over a restart, and goes on after them', async () => {
  const context = serviceContext();
  const first = await startTestTable(context);
  await put(first, 'a', 1);
  await first[Symbol.asyncDispose]();
  context.clock.nowMs += 60_000;
  const second = await start(context);
  await put(second, 'a', 2);
  expect(second.streamArn).toBe(first.streamArn);
  expect((await second.records()).map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY']);
});

test('forgets records a day after a move of the clock has passed them, not in that move', async () => {
  const table = await start();
  const day = 24 * 60 * 60 * 1000;
  await put(table, 'a', 1);
  table.context.clock.nowMs += day + 1000;
  await table.service.clockMoved?.(table.context.clock.nowMs);
  expect(await table.records()).toHaveLength(1);
  table.context.clock.nowMs += 1000;
  await table.service.clockMoved?.(table.context.clock.nowMs);
  expect(await table.records()).toHaveLength(0);
});
