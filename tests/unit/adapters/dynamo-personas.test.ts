import { createHash } from 'node:crypto';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { dynamoPersonas } from '#adapters/customers-table/dynamo-personas.ts';
import { fromAttributes, type StoredItem, toAttributes } from '#adapters/customers-table/persona-items.ts';
import { encodeDay } from '#domain/profile/day-codec.ts';
import { blankDay } from '#domain/profile/day-record.ts';
import { applyInteractions } from '#domain/profile/fold.ts';
import { encodeOrder } from '#domain/profile/order-codec.ts';
import { blankOrder } from '#domain/profile/order-record.ts';
import { emptyState } from '#domain/profile/persona-state.ts';
import { encodeState } from '#domain/profile/state-codec.ts';
import { touches } from '#domain/profile/touches.ts';
import { hash64 } from '#domain/text/stable-hash.ts';
import type { LoadedPersona } from '#ports/personas.ts';
import { ItemsUnreadError, UnexpectedShapeError } from '#runtime/errors.ts';
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
const daySort = 'day#2026-03-10#p';
const orderSort = `order#p#${hash64('o-1')}`;
const recordSorts = [daySort, orderSort];

/** What a load gives for stored items of these versions, by sort key. */
async function loaded(
  versions: Readonly<Record<string, number>> = {},
  recent: LoadedPersona['recent'] = new Map(),
): Promise<LoadedPersona> {
  const { state, days, orders } = applyInteractions({ state: emptyState(), days: new Map(), orders: new Map() }, []);
  return {
    personaId: 'p',
    version: versions['persona#p'] ?? 0,
    state,
    days,
    orders,
    recent,
    hasMoved: Object.keys(versions).length > 1,
    recordVersions: new Map(Object.entries(versions)),
  };
}

async function save(before: LoadedPersona) {
  const change = applyInteractions(before, [purchase]);
  return personas.save(before, change, now);
}

/** What a save puts: alone, or in a transaction. */
const puts = () => [
  ...aws.commandCalls(PutItemCommand).map(({ args }) => args[0].input),
  ...aws
    .commandCalls(TransactWriteItemsCommand)
    .flatMap(({ args }) => (args[0].input.TransactItems ?? []).flatMap(({ Put }) => Put ?? [])),
];
const recentIn = (item: unknown) => [...(fromAttributes(item).recent ?? [])].map(([sort]) => sort).sort();

describe('saving', () => {
  beforeEach(() => {
    aws.on(PutItemCommand).resolves({});
    aws.on(TransactWriteItemsCommand).resolves({});
  });

  test('is one conditional put, no transaction, while all that is touched stands with the state', async () => {
    expect(await save(await loaded({ 'persona#p': 4 }))).toBe('saved');
    expect(aws.commandCalls(TransactWriteItemsCommand)).toEqual([]);
    expect(puts()).toMatchObject([
      {
        TableName: 'the-table',
        Item: { pk: { S: 'customer#p' }, sk: { S: 'persona#p' }, version: { N: '5' } },
        ConditionExpression: 'version = :before',
        ExpressionAttributeValues: { ':before': { N: '4' } },
      },
    ]);
    expect(recentIn(puts()[0]?.Item)).toEqual([daySort]);
  });

  test('of a persona that was not there demands that it still is not', async () => {
    await save(await loaded());
    expect(puts()[0]?.ConditionExpression).toBe('attribute_not_exists(pk)');
    expect(puts()[0]).not.toHaveProperty('ExpressionAttributeValues');
  });

  test('leaves a record in the item of its own that it was read from, and demands its version', async () => {
    await save(await loaded({ 'persona#p': 7, 'day#2026-03-10#p': 3 }));
    expect(aws.commandCalls(TransactWriteItemsCommand)).toHaveLength(1);
    expect(puts().map((put) => [put.Item?.sk?.S, put.ExpressionAttributeValues?.[':before']?.N])).toEqual([
      ['persona#p', '7'],
      ['day#2026-03-10#p', '3'],
    ]);
    expect(recentIn(puts()[0]?.Item)).toEqual([]);
  });

  test('lets records that move out expire after 35 days and the persona never', async () => {
    await save(await loaded({ 'persona#p': 7, 'day#2026-03-10#p': 3 }));
    expect(puts().map((put) => put.Item?.expiresAt?.N)).toEqual([undefined, String(now / 1000 + 35 * 86_400)]);
  });

  test('keeps records of other days, and forgets the expired ones', async () => {
    const text = '{}';
    const recent = new Map([
      ['day#2026-03-09#p', { text, expiresAt: now / 1000 + 1 }],
      ['day#2026-01-01#p', { text, expiresAt: now / 1000 }],
    ]);
    await save(await loaded({ 'persona#p': 4 }, recent));
    expect(recentIn(puts()[0]?.Item)).toEqual(['day#2026-03-09#p', daySort]);
  });

  test('moves the oldest records out, and only them, when they are too many for the persona’s item', async () => {
    const recent = new Map(
      Array.from(
        { length: 24 },
        (_, index) => [`day#2026-02-${10 + index}#p`, { text: '{}', expiresAt: now / 1000 + 1 + index }] as const,
      ),
    );
    await save(await loaded({ 'persona#p': 4 }, recent));
    const [persona, ...moved] = puts();
    expect(moved.map(({ Item }) => Item?.sk?.S)).toEqual([...recent.keys()].slice(0, 13));
    expect(moved.every(({ ConditionExpression }) => ConditionExpression === 'attribute_not_exists(pk)')).toBe(true);
    expect(recentIn(persona?.Item)).toEqual([...[...recent.keys()].slice(13), daySort]);
  });

  test('keeps a settled order for 400 days, and puts it without a condition of its own where it moves out', async () => {
    const hour = (index: number) => new Date(Date.UTC(2026, 2, 9, index)).toISOString();
    const many = Array.from({ length: 49 }, (_, index) =>
      interaction({
        ...purchase,
        messageId: `m-${index}`,
        occurredAt: hour(index),
        properties: { order_id: `${index}` },
      }),
    );
    const before = await loaded({ 'persona#p': 4 });
    await personas.save(before, applyInteractions(before, many), now);
    const settled = puts().filter(({ Item }) => Item?.sk?.S?.startsWith('order#p#'));
    expect(settled.length).toBeGreaterThan(10);
    expect(new Set(settled.map((put) => put.ConditionExpression))).toEqual(new Set([undefined]));
    expect(new Set(settled.map(({ Item }) => Item?.expiresAt?.N))).toEqual(
      new Set([String(now / 1000 + 400 * 86_400)]),
    );
  });

  test('keeps the persona’s item under 2 KB whatever the records hold', async () => {
    const noise = (index: number) => createHash('sha512').update(String(index)).digest('base64');
    const recent = new Map(
      Array.from(
        { length: 20 },
        (_, index) =>
          [
            `order#p#${index}`,
            { text: JSON.stringify(noise(index) + noise(-index)), expiresAt: now / 1000 + 1 + index },
          ] as const,
      ),
    );
    await save(await loaded({ 'persona#p': 4 }, recent));
    expect(puts()[0]?.Item?.record?.B?.length).toBeLessThan(2000);
    expect(puts().length).toBeGreaterThan(5);
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
    expect(await save(await loaded({ 'persona#p': 1, [daySort]: 1 }))).toBe('conflict');
  });

  test.each(['ThrottlingError', 'ValidationError', 'ItemCollectionSizeLimitExceeded'])(
    'with %s is a fault',
    async (code) => {
      aws.on(TransactWriteItemsCommand).rejects(cancelled('None', code));
      await expect(save(await loaded({ 'persona#p': 1, [daySort]: 1 }))).rejects.toThrow(TransactionCanceledException);
    },
  );

  test('by another error is a fault', async () => {
    aws.on(TransactWriteItemsCommand).rejects(new Error('no network'));
    await expect(save(await loaded({ 'persona#p': 1, [daySort]: 1 }))).rejects.toThrow('no network');
  });
});

describe('loading', () => {
  const key = (sk: string) => ({ pk: { S: 'customer#p' }, sk: { S: sk } });
  const requested = () =>
    aws.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input.RequestItems?.['the-table']);
  const persona = (over: Partial<StoredItem> = {}) =>
    toAttributes({ pk: 'customer#p', sk: 'persona#p', version: 3, record: encodeState(emptyState()), ...over });
  const stored = (...items: ReturnType<typeof toAttributes>[]) =>
    aws.on(BatchGetItemCommand).callsFake(({ RequestItems }: { RequestItems: Record<string, { Keys: unknown[] }> }) => {
      const asked = JSON.stringify(RequestItems['the-table']?.Keys);
      return { Responses: { 'the-table': items.filter(({ pk, sk }) => asked.includes(JSON.stringify({ pk, sk }))) } };
    });

  test('reads the persona alone while none of its records moved', async () => {
    stored(persona());
    await personas.load('p', touched);
    expect(requested()).toEqual([{ Keys: [key('persona#p')], ConsistentRead: true }]);
  });

  test('of several at a time shares one read', async () => {
    stored(
      persona(),
      toAttributes({ pk: 'customer#q', sk: 'persona#q', version: 7, record: encodeState(emptyState()) }),
    );
    const loads = ['p', 'q', 'nobody'].map((personaId) => personas.load(personaId, touched, 'eventual'));
    expect((await Promise.all(loads)).map(({ version }) => version)).toEqual([3, 7, 0]);
    expect(requested().map((request) => [request?.Keys?.length, request?.ConsistentRead])).toEqual([[3, false]]);
  });

  test('that may be eventual reads so what stands with the state, and consistently what moved', async () => {
    const recent = new Map([[orderSort, { text: encodeOrder(blankOrder()), expiresAt: 1 }]]);
    stored(persona({ hasMoved: true, recent }));
    await personas.load('p', touched, 'eventual');
    expect(requested()).toEqual([
      { Keys: [key('persona#p')], ConsistentRead: false },
      { Keys: [key('day#2026-03-10#p')], ConsistentRead: true },
    ]);
  });

  test('of nobody gives an empty state of version 0', async () => {
    stored();
    const nobody = await personas.load('p', touched);
    expect([nobody.version, encodeState(nobody.state), nobody.days.size, nobody.recordVersions.size]).toEqual([
      0,
      encodeState(emptyState()),
      0,
      0,
    ]);
  });

  test('gives back what was saved, wherever its records stand', async () => {
    aws.on(PutItemCommand).resolves({});
    aws.on(TransactWriteItemsCommand).resolves({});
    for (const versions of [{}, { 'persona#p': 0, [daySort]: 0, [orderSort]: 0 }]) {
      aws.resetHistory();
      const before = await loaded(versions);
      const change = applyInteractions(before, [purchase]);
      await personas.save(before, change, now);
      const items = puts().map(({ Item }) => Item ?? {});
      stored(...items);
      const found = await personas.load('p', touched);
      expect(encodeState(found.state)).toBe(encodeState(change.state));
      expect(found).toMatchObject({
        version: 1,
        days: change.days,
        orders: change.orders,
        hasMoved: items.length > 1,
      });
    }
  });

  test('still knows that records moved when a later save touches none of them', async () => {
    aws.on(PutItemCommand).resolves({});
    await save({ ...(await loaded({ 'persona#p': 4 })), hasMoved: true });
    expect(fromAttributes(puts()[0]?.Item).hasMoved).toBe(true);
  });

  test('reads again what DynamoDB left, and only that', async () => {
    const day = toAttributes({ pk: 'customer#p', sk: 'day#2026-03-10#p', version: 3, record: encodeDay(blankDay()) });
    aws
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { 'the-table': [persona({ hasMoved: true })] } })
      .resolvesOnce({ UnprocessedKeys: { 'the-table': { Keys: recordSorts.map(key) } } })
      .resolvesOnce({
        Responses: { 'the-table': [day] },
        UnprocessedKeys: { 'the-table': { Keys: [key(orderSort)] } },
      })
      .resolvesOnce({});
    expect([...(await personas.load('p', touched)).recordVersions.keys()]).toEqual(['persona#p', 'day#2026-03-10#p']);
    expect(requested().map((request) => request?.Keys?.map(({ sk }) => sk?.S))).toEqual([
      ['persona#p'],
      recordSorts,
      recordSorts,
      [orderSort],
    ]);
  });

  test('gives up on what DynamoDB always leaves', async () => {
    aws
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { 'the-table': [persona({ hasMoved: true })] } })
      .resolves({ UnprocessedKeys: { 'the-table': { Keys: [key(orderSort)] } } });
    await expect(personas.load('p', touched)).rejects.toThrow(ItemsUnreadError);
    expect(requested()).toHaveLength(1 + 5);
  });
});

describe('a stored item', () => {
  const item = { pk: 'customer#c', sk: 'day#2026-03-10#p', version: 2, record: '{"ü":1}', expiresAt: 1_773_144_000 };

  test('is read back as it was written', () => {
    expect(fromAttributes(toAttributes(item))).toEqual(item);
    const { expiresAt: _, ...lasting } = item;
    expect(fromAttributes(toAttributes(lasting))).toEqual(lasting);
  });

  test('of a persona is read back with its recent records, whatever their names hold', () => {
    const names = ['day#2026-03-10#p#1', 'order#p#1#o', 'order#p#1#', 'order#p#1#order#p#1#', 'order#p#1#"\\ü#p#1'];
    const persona = {
      pk: 'customer#p#1',
      sk: 'persona#p#1',
      version: 2,
      record: '{"ü":1}',
      hasMoved: true,
      recent: new Map(names.map((name, index) => [name, { text: `{"a":"\\n${index}"}`, expiresAt: index }])),
    };
    expect(fromAttributes(toAttributes(persona))).toEqual(persona);
  });

  test.each<[string, object]>([
    ['no version', { version: undefined }],
    ['a version that is no number', { version: { N: 'x' } }],
    ['a record that is text', { record: { S: '{}' } }],
  ])('with %s is refused', (_, over) => {
    expect(() => fromAttributes({ ...toAttributes(item), ...over })).toThrow(UnexpectedShapeError);
  });
});
