import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { storeOf } from '#adapters/dynamodb/batch-reader.ts';

const client = new DynamoDBClient({ region: 'eu-central-1' });
const aws = mockClient(client);
beforeEach(() => {
  aws.reset();
  aws.on(BatchGetItemCommand).callsFake(({ RequestItems }: { RequestItems: Record<string, { Keys: unknown[] }> }) => ({
    Responses: { things: RequestItems.things?.Keys },
  }));
});
const store = () => storeOf(client, 'things');
const key = (pk: string) => ({ pk, sk: 'x' });
const requests = () => aws.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input.RequestItems?.things);

test('reads in one request what is asked for in one turn, each key once', async () => {
  const { read } = store();
  const [a, b] = await Promise.all([read([key('1'), key('2')]), read([key('2'), key('3')])]);
  expect(requests().map((request) => request?.Keys?.map(({ pk }) => pk?.S))).toEqual([['1', '2', '3']]);
  expect([a.get(key('1')), b.get(key('3'))].map((item) => item?.pk?.S)).toEqual(['1', '3']);
});

test('reads the latest and what may be eventual in requests of their own', async () => {
  const { read } = store();
  await Promise.all([read([key('1')]), read([key('2')], 'eventual')]);
  expect(requests().map((request) => [request?.Keys?.[0]?.pk?.S, request?.ConsistentRead])).toEqual([
    ['1', true],
    ['2', false],
  ]);
});

test('reads again what is asked for in a later turn', async () => {
  const { read } = store();
  await read([key('1')]);
  await read([key('1')]);
  expect(requests()).toHaveLength(2);
});

test('asks nothing for no keys, and then waits for nobody', async () => {
  aws.on(BatchGetItemCommand).rejects(new Error('no network'));
  const { read } = store();
  const others = read([key('1')]);
  expect((await read([])).get(key('1'))).toBeUndefined();
  await expect(others).rejects.toThrow('no network');
});

test('tells all who share a request that it failed', async () => {
  aws.on(BatchGetItemCommand).rejects(new Error('no network'));
  const { read } = store();
  const outcomes = await Promise.allSettled([read([key('1')]), read([key('2')])]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
