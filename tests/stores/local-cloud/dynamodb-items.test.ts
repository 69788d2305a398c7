import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const put = (item: Record<string, object>, more: object = {}) =>
  table.client.send(new PutItemCommand({ TableName: table.name, Item: item as never, ...more }));
const get = async (pk: string, sk = 'a') =>
  (await table.client.send(new GetItemCommand({ TableName: table.name, Key: { pk: { S: pk }, sk: { S: sk } } }))).Item;

describe('items over the wire', () => {
  test('gives back every type as it was put', async () => {
    const item = {
      pk: { S: 'types' },
      sk: { S: 'a' },
      n: { N: '-12.50' },
      b: { B: Uint8Array.from([0, 255, 10]) },
      flags: { L: [{ BOOL: false }, { NULL: true }, { M: { deep: { SS: ['x', 'é'] } } }] },
    };
    await put(item);
    expect(await get('types')).toEqual({ ...item, n: { N: '-12.5' } });
  });

  test('keeps an attribute named __proto__', async () => {
    await put({ pk: { S: 'proto' }, sk: { S: 'a' }, m: { M: JSON.parse('{"__proto__":{"S":"kept"}}') } });
    const scanned = await table.client.send(
      new ScanCommand({
        TableName: table.name,
        FilterExpression: 'pk = :p',
        ExpressionAttributeValues: { ':p': { S: 'proto' } },
      }),
    );
    expect(scanned.Count).toBe(1);
    const stored = await table.service.operations.GetItem?.run(
      { TableName: table.name, Key: { pk: { S: 'proto' }, sk: { S: 'a' } } },
      {} as never,
    );
    expect(JSON.stringify(stored)).toContain('"__proto__":{"S":"kept"}');
  });

  test('refuses a put whose condition fails and can return the item that is there', async () => {
    await put({ pk: { S: 'cond' }, sk: { S: 'a' }, v: { N: '1' } });
    await expect(
      put(
        { pk: { S: 'cond' }, sk: { S: 'a' } },
        { ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
      ),
    ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: { v: { N: '1' } } });
    expect(await get('cond')).toMatchObject({ v: { N: '1' } });
  });

  test('adds, sets and removes in an update and answers the new item', async () => {
    await put({ pk: { S: 'update' }, sk: { S: 'a' }, n: { N: '40' }, gone: { S: 'x' } });
    const answer = await table.client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: { pk: { S: 'update' }, sk: { S: 'a' } },
        UpdateExpression: 'ADD n :two SET #at = if_not_exists(#at, :at) REMOVE gone',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':two': { N: '2' }, ':at': { S: 'now' } },
        ReturnValues: 'ALL_NEW',
      }),
    );
    expect(answer.Attributes).toEqual({ pk: { S: 'update' }, sk: { S: 'a' }, n: { N: '42' }, at: { S: 'now' } });
  });

  test('removes a deleted item and answers what it was', async () => {
    await put({ pk: { S: 'delete' }, sk: { S: 'a' } });
    const Key = { pk: { S: 'delete' }, sk: { S: 'a' } };
    const answer = await table.client.send(
      new DeleteItemCommand({ TableName: table.name, Key, ReturnValues: 'ALL_OLD' }),
    );
    expect(answer.Attributes).toEqual(Key);
    expect(await get('delete')).toBeUndefined();
  });

  test('pages a query by begins_with, newest first', async () => {
    const sks = ['day#01', 'day#02', 'day#03', 'other'];
    await table.client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [table.name]: sks.map((sk) => ({ PutRequest: { Item: { pk: { S: 'query' }, sk: { S: sk } } } })),
        },
      }),
    );
    const query = new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :p AND begins_with(sk, :s)',
      ExpressionAttributeValues: { ':p': { S: 'query' }, ':s': { S: 'day#' } },
      ScanIndexForward: false,
      Limit: 2,
    });
    const first = await table.client.send(query);
    const second = await table.client.send(
      new QueryCommand({ ...query.input, ExclusiveStartKey: first.LastEvaluatedKey }),
    );
    const found = [...(first.Items ?? []), ...(second.Items ?? [])].map((item) => item.sk?.S);
    expect(found).toEqual(['day#03', 'day#02', 'day#01']);
  });

  test('gets a batch and leaves out what is not there', async () => {
    await put({ pk: { S: 'batch' }, sk: { S: 'a' } });
    const answer = await table.client.send(
      new BatchGetItemCommand({
        RequestItems: {
          [table.name]: { Keys: ['a', 'missing'].map((sk) => ({ pk: { S: 'batch' }, sk: { S: sk } })) },
        },
      }),
    );
    expect(answer.Responses?.[table.name]).toEqual([{ pk: { S: 'batch' }, sk: { S: 'a' } }]);
  });

  test('is the same table by its ARN', async () => {
    const arn = (await table.client.send(new DescribeTableCommand({ TableName: table.name }))).Table?.TableArn ?? '';
    await table.client.send(new PutItemCommand({ TableName: arn, Item: { pk: { S: 'arn' }, sk: { S: 'a' } } }));
    expect(await get('arn')).toBeDefined();
  });
});

describe('limits and refusals', () => {
  // pk 2 + 'size' 4 + sk 2 + 'a' 1 + t 1 = 10 bytes beside the text; é is two bytes.
  const text = (bytes: number) => 'é'.repeat((bytes - 10) / 2);

  test('takes an item of exactly 400 KB of UTF-8', async () => {
    await put({ pk: { S: 'size' }, sk: { S: 'a' }, t: { S: text(400 * 1024) } });
    expect((await get('size'))?.t?.S).toHaveLength((400 * 1024 - 10) / 2);
  });

  test('refuses an item of one byte more', async () => {
    await expect(put({ pk: { S: 'size' }, sk: { S: 'a' }, t: { S: `${text(400 * 1024)}x` } })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Item size has exceeded the maximum allowed size',
    });
  });

  test.each([
    ['an item without its sort key', { pk: { S: 'x' } }, /Missing the key sk/],
    ['a number that is none', { pk: { S: 'x' }, sk: { S: 'a' }, n: { N: 'ten' } }, /cannot be converted to a numeric/],
    ['an empty key', { pk: { S: '' }, sk: { S: 'a' } }, /empty string/],
  ])('refuses %s', async (_what, item, message) => {
    await expect(put(item)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message),
    });
  });

  test('names a table that does not exist', async () => {
    await expect(
      table.client.send(new GetItemCommand({ TableName: 'nowhere', Key: { pk: { S: 'x' }, sk: { S: 'a' } } })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('permissions', () => {
  const permissions = (operation: string, input: object) =>
    table.service.operations[operation]?.permissions({ TableName: table.name, ...input });
  const arn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/Test-Customers';

  test('asks for each kind of item in a transaction by its own action', () => {
    const key = { TableName: table.name, Key: { pk: { S: 'x' }, sk: { S: 'a' } } };
    const asked = permissions('TransactWriteItems', {
      TransactItems: [
        { Put: { TableName: table.name, Item: {} } },
        { ConditionCheck: key },
        { Delete: key },
        { Update: key },
      ],
    });
    expect(asked?.map(({ action }) => action)).toEqual([
      'dynamodb:PutItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:UpdateItem',
    ]);
    expect(new Set(asked?.flatMap(({ resources }) => resources))).toEqual(new Set([arn]));
  });

  test('asks for the index when a query reads one', () => {
    expect(permissions('Query', { IndexName: 'byEmail' })).toEqual([
      { action: 'dynamodb:Query', resources: [`${arn}/index/byEmail`] },
    ]);
  });

  test('asks for every table of a batch', () => {
    expect(permissions('BatchGetItem', { RequestItems: { [table.name]: {}, other: {} } })).toEqual([
      { action: 'dynamodb:BatchGetItem', resources: [arn] },
      { action: 'dynamodb:BatchGetItem', resources: ['arn:aws:dynamodb:eu-central-1:123456789012:table/other'] },
    ]);
  });
});
