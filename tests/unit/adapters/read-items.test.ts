import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { type ItemKey, keyAttributes, type ReadItemsSettings, readItems } from '#adapters/dynamodb/read-items.ts';
import { ItemsUnreadError } from '#runtime/errors.ts';

const client = new DynamoDBClient({ region: 'eu-central-1' });
const aws = mockClient(client);
beforeEach(() => {
  aws.reset();
});

const keys = (count: number): ItemKey[] => Array.from({ length: count }, (_, index) => ({ pk: 'p', sk: `s${index}` }));
const read = (wanted: readonly ItemKey[], settings: ReadItemsSettings = {}) =>
  readItems(client, 'the-table', wanted, { pause: async () => {}, ...settings });
const requests = () =>
  aws.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input.RequestItems?.['the-table']);
const some = (wanted: readonly ItemKey[]) => ({ 'the-table': wanted.map(keyAttributes) });

describe('reading items', () => {
  test('asks for a hundred keys a call, each once', async () => {
    aws.on(BatchGetItemCommand).resolves({});
    await read([...keys(250), ...keys(250)]);
    expect(requests().map((request) => request?.Keys?.length)).toEqual([100, 100, 50]);
  });

  test('of no keys asks nothing', async () => {
    const items = await read([]);
    expect([items.get({ pk: 'p', sk: 's' }), requests()]).toEqual([undefined, []]);
  });

  test.each([
    [undefined, true],
    ['latest', true],
    ['eventual', false],
  ] as const)('that is %s has ConsistentRead %s', async (freshness, isConsistent) => {
    aws.on(BatchGetItemCommand).resolves({});
    await read(keys(1), freshness === undefined ? {} : { freshness });
    expect(requests().map((request) => request?.ConsistentRead)).toEqual([isConsistent]);
  });

  test('asks again, after a pause, for what DynamoDB left, and only for that', async () => {
    aws
      .on(BatchGetItemCommand)
      .resolvesOnce({
        Responses: some(keys(1)),
        UnprocessedKeys: { 'the-table': { Keys: [keyAttributes(keys(2)[1] ?? { pk: '', sk: '' })] } },
      })
      .resolvesOnce({ Responses: some(keys(2).slice(1)) });
    const pauses: number[] = [];
    const items = await read(keys(2), { pause: async (attempt) => void pauses.push(attempt) });
    expect(keys(2).map((key) => items.get(key))).toEqual(keys(2).map(keyAttributes));
    expect(requests().map((request) => request?.Keys?.length)).toEqual([2, 1]);
    expect(pauses).toEqual([1]);
  });

  test('gives up on what DynamoDB always leaves', async () => {
    aws.on(BatchGetItemCommand).resolves({ UnprocessedKeys: { 'the-table': { Keys: keys(1).map(keyAttributes) } } });
    await expect(read(keys(1))).rejects.toThrow(ItemsUnreadError);
    expect(requests()).toHaveLength(5);
  });
});
