import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';

let table: TestTable;
beforeEach(async () => {
  table = await startTestTable();
});
afterEach(() => table[Symbol.asyncDispose]());

const nowSeconds = () => table.context.clock.nowMs / 1000;
const put = (sk: string, expiresAt: object) =>
  table.client.send(
    new PutItemCommand({
      TableName: table.name,
      Item: { pk: { S: 'x' }, sk: { S: sk }, expiresAt: expiresAt as never },
    }),
  );
const advance = async (seconds: number) => {
  table.context.clock.nowMs += seconds * 1000;
  await table.service.clockMoved?.(table.context.clock.nowMs);
};
const left = async () =>
  (await table.client.send(new ScanCommand({ TableName: table.name }))).Items?.map((item) => item.sk?.S).sort();

test('deletes an item when the clock has passed its time, and no other', async () => {
  await put('soon', { N: String(nowSeconds() + 60) });
  await put('later', { N: String(nowSeconds() + 600) });
  await advance(60);
  expect(await left()).toEqual(['later', 'soon']);
  await advance(1);
  expect(await left()).toEqual(['later']);
});

test('tells the stream that the service deleted it', async () => {
  await put('soon', { N: String(nowSeconds() + 60) });
  await advance(61);
  expect((await table.records()).at(-1)).toMatchObject({
    eventName: 'REMOVE',
    userIdentity: { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' },
    dynamodb: { OldImage: { sk: { S: 'soon' } } },
  });
});

test('follows the newest time of an item', async () => {
  await put('moved', { N: String(nowSeconds() + 60) });
  await put('moved', { N: String(nowSeconds() + 600) });
  await advance(61);
  expect(await left()).toEqual(['moved']);
  await advance(600);
  expect(await left()).toEqual([]);
});

test('leaves alone what is no number, and times more than five years back', async () => {
  await put('text', { S: '1' });
  await put('ancient', { N: String(nowSeconds() - 6 * 365 * 24 * 3600) });
  await put('recent', { N: String(nowSeconds() - 3600) });
  await advance(1);
  expect(await left()).toEqual(['ancient', 'text']);
});
