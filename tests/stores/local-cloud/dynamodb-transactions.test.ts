import {
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'a' } });
const get = async (pk: string) =>
  (await table.client.send(new GetItemCommand({ TableName: table.name, Key: key(pk) }))).Item;
const put = (pk: string, v = 1) =>
  table.client.send(new PutItemCommand({ TableName: table.name, Item: { ...key(pk), v: { N: String(v) } } }));
const transact = (items: TransactWriteItem[], token?: string) =>
  table.client.send(
    new TransactWriteItemsCommand({
      TransactItems: items,
      ...(token === undefined ? {} : { ClientRequestToken: token }),
    }),
  );
const putNew = (pk: string): TransactWriteItem => ({
  Put: { TableName: table.name, Item: { ...key(pk), v: { N: '1' } }, ConditionExpression: 'attribute_not_exists(pk)' },
});
const increment = (pk: string, from: number): TransactWriteItem => ({
  Update: {
    TableName: table.name,
    Key: key(pk),
    UpdateExpression: 'SET v = v + :one',
    ConditionExpression: 'v = :from',
    ExpressionAttributeValues: { ':one': { N: '1' }, ':from': { N: String(from) } },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

test('writes a put, an update, a delete and a condition check together', async () => {
  await Promise.all([put('all-update'), put('all-delete'), put('all-check')]);
  await transact([
    putNew('all-put'),
    increment('all-update', 1),
    { Delete: { TableName: table.name, Key: key('all-delete') } },
    {
      ConditionCheck: {
        TableName: table.name,
        Key: key('all-check'),
        ConditionExpression: 'attribute_exists(pk)',
      },
    },
  ]);
  expect(await Promise.all(['all-put', 'all-update', 'all-delete', 'all-check'].map(get))).toEqual([
    { ...key('all-put'), v: { N: '1' } },
    { ...key('all-update'), v: { N: '2' } },
    undefined,
    { ...key('all-check'), v: { N: '1' } },
  ]);
});

test('writes nothing when one condition fails, and gives each item its reason', async () => {
  await put('fail-update', 7);
  const before = (await table.records()).length;
  await expect(transact([putNew('fail-put'), increment('fail-update', 1)])).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    message: expect.stringContaining('[None, ConditionalCheckFailed]'),
    CancellationReasons: [
      { Code: 'None' },
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { ...key('fail-update'), v: { N: '7' } },
      },
    ],
  });
  expect(await get('fail-put')).toBeUndefined();
  expect(await table.records()).toHaveLength(before);
});

test('cancels with ValidationError when an update does not fit the item', async () => {
  await expect(
    transact([
      putNew('invalid-put'),
      {
        Update: {
          TableName: table.name,
          Key: key('invalid-update'),
          UpdateExpression: 'SET v = absent + :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        },
      },
    ]),
  ).rejects.toMatchObject({ CancellationReasons: [{ Code: 'None' }, { Code: 'ValidationError' }] });
  expect(await get('invalid-put')).toBeUndefined();
});

test('lets exactly one of many concurrent transactions on one version win', async () => {
  await put('race', 0);
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => transact([increment('race', 0), putNew(`race-${n}`)])),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(await get('race')).toMatchObject({ v: { N: '1' } });
  const written = await Promise.all(results.map((_, n) => get(`race-${n}`)));
  expect(written.filter((item) => item !== undefined)).toHaveLength(1);
});

test('has no second effect for a token seen in the last ten minutes', async () => {
  await put('token', 1);
  const once: TransactWriteItem = {
    Update: {
      TableName: table.name,
      Key: key('token'),
      UpdateExpression: 'ADD v :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    },
  };
  await transact([once], 'same');
  await transact([once], 'same');
  expect(await get('token')).toMatchObject({ v: { N: '2' } });
  await expect(transact([once, putNew('token-other')], 'same')).rejects.toMatchObject({
    name: 'IdempotentParameterMismatchException',
  });
  table.context.clock.nowMs += 10 * 60 * 1000;
  await transact([once], 'same');
  expect(await get('token')).toMatchObject({ v: { N: '3' } });
});

test('forgets the token of a transaction that was cancelled', async () => {
  await put('retry', 2);
  await expect(transact([increment('retry', 1)], 'retry-token')).rejects.toThrow();
  await put('retry', 1);
  await transact([increment('retry', 1)], 'retry-token');
  expect(await get('retry')).toMatchObject({ v: { N: '2' } });
});

test('refuses the same item twice', async () => {
  await expect(
    transact([putNew('twice'), { Delete: { TableName: table.name, Key: key('twice') } }]),
  ).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Transaction request cannot include multiple operations on one item',
  });
});

test('takes 100 items and refuses 101', async () => {
  const items = Array.from({ length: 101 }, (_, n) => putNew(`hundred-${n}`));
  await transact(items.slice(0, 100));
  await expect(transact(items)).rejects.toMatchObject({ name: 'ValidationException' });
});

test('refuses more than 4 MB', async () => {
  const big = (pk: string): TransactWriteItem => ({
    Put: { TableName: table.name, Item: { ...key(pk), t: { S: 'x'.repeat(399 * 1024) } } },
  });
  await expect(transact(Array.from({ length: 11 }, (_, n) => big(`big-${n}`)))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('4 MB'),
  });
  expect(await get('big-0')).toBeUndefined();
});

test('reads items of one moment in their order', async () => {
  await put('read', 5);
  const { Responses } = await table.client.send(
    new TransactGetItemsCommand({
      TransactItems: ['missing', 'read'].map((pk) => ({ Get: { TableName: table.name, Key: key(pk) } })),
    }),
  );
  expect(Responses).toEqual([{}, { Item: { ...key('read'), v: { N: '5' } } }]);
});

test('leaves nothing of a write that fails among others that come together', async () => {
  await put('taken');
  const [left, refused, right] = await Promise.allSettled([
    transact([putNew('left')]),
    transact([putNew('nowhere'), putNew('taken')]),
    transact([putNew('right')]),
  ]);
  expect([left?.status, refused?.status, right?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await Promise.all(['left', 'nowhere', 'right'].map(get))).map((item) => item?.v?.N)).toEqual([
    '1',
    undefined,
    '1',
  ]);
});
