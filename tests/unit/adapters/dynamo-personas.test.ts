import {
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { dynamoPersonas } from '#adapters/dynamo-personas.ts';
import { fromAttributes, toAttributes } from '#adapters/persona-items.ts';
import { applyInteractions, emptyState, encodeState, touches } from '#domain/profile/profile.ts';
import type { LoadedPersona } from '#ports';
import { PersonaContendedError, UnexpectedShapeError } from '#shared/errors.ts';
import { interaction } from '#support/builders/interaction.ts';

const client = new DynamoDBClient({ region: 'eu-central-1' });
const aws = mockClient(client);
beforeEach(() => {
  aws.reset();
});
const personas = dynamoPersonas(client, 'the-table');
const now = Date.UTC(2026, 2, 10, 12);
const purchase = interaction({
  event: 'Order Completed',
  properties: { order_id: 'o-1', revenue: 1, currency: 'EUR' },
});
const touched = touches([purchase]);
const asked = ['persona#p', 'day#2026-03-10#p', 'order#p#o-1'];
const written = ['persona#p', 'order#p#o-1'];

/** What a load gives for stored items of these versions, by sort key. */
async function loaded(
  versions: Readonly<Record<string, number>> = {},
  newestDay?: LoadedPersona['newestDay'],
): Promise<LoadedPersona> {
  const { state, days, orders } = applyInteractions({ state: emptyState(), days: new Map(), orders: new Map() }, []);
  return {
    personaId: 'p',
    version: versions['persona#p'] ?? 0,
    state,
    days,
    orders,
    ...(newestDay === undefined ? {} : { newestDay }),
    recordVersions: new Map(Object.entries(versions)),
  };
}

async function save(before: LoadedPersona, done = purchase) {
  const change = applyInteractions(before, [done]);
  return personas.save(before, change, now);
}

const puts = () =>
  aws
    .commandCalls(TransactWriteItemsCommand)
    .flatMap(({ args }) => (args[0].input.TransactItems ?? []).map(({ Put }) => Put));

describe('saving', () => {
  beforeEach(() => {
    aws.on(TransactWriteItemsCommand).resolves({});
  });

  test('writes the state with its newest day and each other changed record in one transaction, all of one version', async () => {
    expect(await save(await loaded({ 'persona#p': 4 }))).toBe('saved');
    expect(aws.commandCalls(TransactWriteItemsCommand)).toHaveLength(1);
    expect(puts().map((put) => [put?.TableName, put?.Item?.pk?.S, put?.Item?.sk?.S, put?.Item?.version?.N])).toEqual(
      written.map((sort) => ['the-table', 'customer#p', sort, '5']),
    );
    expect(puts().map((put) => put?.Item?.newestDay?.S)).toEqual(['2026-03-10', undefined]);
  });

  test('is one conditional put, no transaction, when all happened on the newest day and no order is named', async () => {
    aws.on(PutItemCommand).resolves({});
    expect(await save(await loaded({ 'persona#p': 4 }), interaction())).toBe('saved');
    expect(aws.commandCalls(TransactWriteItemsCommand)).toEqual([]);
    expect(aws.commandCalls(PutItemCommand).map(({ args }) => args[0].input)).toMatchObject([
      {
        Item: { sk: { S: 'persona#p' }, newestDay: { S: '2026-03-10' } },
        ConditionExpression: 'version = :before',
        ExpressionAttributeValues: { ':before': { N: '4' } },
      },
    ]);
  });

  test('moves the day before out when a newer one comes, and lets a late day keep its own item', async () => {
    const day = (messageId: string, date: string) => {
      const done = interaction({ messageId, occurredAt: `${date}T12:00:00.000Z` });
      const record = applyInteractions({ state: emptyState(), days: new Map(), orders: new Map() }, [done]).days.get(
        date,
      );
      if (record === undefined) throw new Error('the day has no record');
      return { day: date, record };
    };
    await save(await loaded({ 'persona#p': 4 }, day('m-0', '2026-03-09')), interaction());
    expect(puts().map((put) => [put?.Item?.sk?.S, put?.Item?.newestDay?.S])).toEqual([
      ['persona#p', '2026-03-10'],
      ['day#2026-03-09#p', undefined],
    ]);
    aws.resetHistory();
    await save(await loaded({ 'persona#p': 4 }, day('m-2', '2026-03-11')), interaction());
    expect(puts().map((put) => [put?.Item?.sk?.S, put?.Item?.newestDay?.S])).toEqual([
      ['persona#p', '2026-03-11'],
      ['day#2026-03-10#p', undefined],
    ]);
  });

  test('of what was not there demands that it still is not', async () => {
    await save(await loaded());
    for (const put of puts()) {
      expect(put?.ConditionExpression).toBe('attribute_not_exists(pk)');
      expect(put).not.toHaveProperty('ExpressionAttributeValues');
    }
  });

  test('of what was read demands the version that each item had', async () => {
    await save(await loaded({ 'persona#p': 7, 'order#p#o-1': 3 }));
    expect(puts().map((put) => [put?.ConditionExpression, put?.ExpressionAttributeValues?.[':before']?.N])).toEqual([
      ['version = :before', '7'],
      ['version = :before', '3'],
    ]);
  });

  test('lets days and orders expire after 35 days and the state never', async () => {
    await save(await loaded());
    const expiry = String(now / 1000 + 35 * 86_400);
    expect(puts().map((put) => put?.Item?.expiresAt?.N)).toEqual([undefined, expiry]);
  });
});

describe('a transaction that is cancelled', () => {
  const cancelled = (...codes: string[]) =>
    new TransactionCanceledException({
      message: 'cancelled',
      $metadata: {},
      CancellationReasons: codes.map((Code) => ({ Code })),
    });

  test.each([
    ['None', 'ConditionalCheckFailed'],
    ['TransactionConflict', 'None'],
  ])('with %s, %s is a conflict', async (...codes) => {
    aws.on(TransactWriteItemsCommand).rejects(cancelled(...codes));
    expect(await save(await loaded())).toBe('conflict');
  });

  test.each(['ThrottlingError', 'ValidationError', 'ItemCollectionSizeLimitExceeded'])(
    'with %s is a fault',
    async (code) => {
      aws.on(TransactWriteItemsCommand).rejects(cancelled('None', code));
      await expect(save(await loaded())).rejects.toThrow(TransactionCanceledException);
    },
  );

  test('by another error is a fault', async () => {
    aws.on(TransactWriteItemsCommand).rejects(new Error('no network'));
    await expect(save(await loaded())).rejects.toThrow('no network');
  });
});

describe('loading', () => {
  const key = (sk: string) => ({ pk: { S: 'customer#p' }, sk: { S: sk } });
  const requested = () =>
    aws.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input.RequestItems?.['the-table']);

  test('asks for the state and the touched records in one consistent read', async () => {
    aws.on(BatchGetItemCommand).resolves({});
    await personas.load('p', touched);
    expect(requested()).toEqual([{ Keys: asked.map(key), ConsistentRead: true }]);
  });

  test('of nobody gives an empty state of version 0', async () => {
    aws.on(BatchGetItemCommand).resolves({});
    const nobody = await personas.load('p', touched);
    expect([nobody.version, encodeState(nobody.state), nobody.days.size, nobody.recordVersions.size]).toEqual([
      0,
      encodeState(emptyState()),
      0,
      0,
    ]);
  });

  test('gives back what was saved', async () => {
    aws.on(TransactWriteItemsCommand).resolves({});
    const before = await loaded();
    const change = applyInteractions(before, [purchase]);
    await personas.save(before, change, now);
    aws.on(BatchGetItemCommand).resolves({ Responses: { 'the-table': puts().map((put) => put?.Item ?? {}) } });
    const found = await personas.load('p', touched);
    expect(encodeState(found.state)).toBe(encodeState(change.state));
    expect(found).toMatchObject({ version: 1, days: change.days, orders: change.orders });
    expect(found.recordVersions).toEqual(new Map(written.map((sort) => [sort, 1])));
  });

  test('reads again what DynamoDB left, and only that', async () => {
    const state = toAttributes({ pk: 'customer#p', sk: 'persona#p', version: 3, record: encodeState(emptyState()) });
    aws
      .on(BatchGetItemCommand)
      .resolvesOnce({ UnprocessedKeys: { 'the-table': { Keys: [key('persona#p'), key('order#p#o-1')] } } })
      .resolvesOnce({
        Responses: { 'the-table': [state] },
        UnprocessedKeys: { 'the-table': { Keys: [key('order#p#o-1')] } },
      })
      .resolvesOnce({});
    expect((await personas.load('p', touched)).version).toBe(3);
    expect(requested().map((request) => request?.Keys?.map(({ sk }) => sk?.S))).toEqual([
      asked,
      ['persona#p', 'order#p#o-1'],
      ['order#p#o-1'],
    ]);
  });

  test('gives up on what DynamoDB always leaves', async () => {
    aws.on(BatchGetItemCommand).resolves({ UnprocessedKeys: { 'the-table': { Keys: [key('persona#p')] } } });
    await expect(personas.load('p', touched)).rejects.toThrow(PersonaContendedError);
    expect(requested()).toHaveLength(5);
  });
});

describe('a stored item', () => {
  const item = { pk: 'customer#c', sk: 'day#2026-03-10#p', version: 2, record: '{"ü":1}', expiresAt: 1_773_144_000 };

  test('is read back as it was written', () => {
    expect(fromAttributes(toAttributes(item))).toEqual(item);
    const { expiresAt: _, ...lasting } = item;
    expect(fromAttributes(toAttributes(lasting))).toEqual(lasting);
  });

  test.each<[string, object]>([
    ['no version', { version: undefined }],
    ['a version that is no number', { version: { N: 'x' } }],
    ['a record that is text', { record: { S: '{}' } }],
  ])('with %s is refused', (_, over) => {
    expect(() => fromAttributes({ ...toAttributes(item), ...over })).toThrow(UnexpectedShapeError);
  });
});
