import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { dynamoIdentities } from '#adapters/customers-table/dynamo-identities.ts';
import { customerPartition, daySort, personaSort } from '#adapters/customers-table/keys.ts';
import { toAttributes } from '#adapters/customers-table/persona-items.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import { encodeDay } from '#domain/profile/day-codec.ts';
import { inOrder } from '#domain/profile/day-record.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { encodeState } from '#domain/profile/state-codec.ts';
import { mergeTimelines, type TimelinePoint } from '#domain/profile/timeline.ts';
import { interaction } from '#support/builders/interaction.ts';
import { freeRules, keyOf } from '#support/generators/any-links.ts';
import { watched } from '#support/identity-table.ts';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';

const now = Date.UTC(2026, 2, 10, 12);
let world = 0;
let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const keyOfWorld = (number: number) => keyOf('user_id', world * 1000 + number);
const ids = (entries: readonly { messageId: string }[]) => entries.map(({ messageId }) => messageId);

/** Saves a persona: its newest days with its state, the others as items of their own. */
async function save(number: number, times: readonly string[], daysWithState = 1) {
  const personaId = personaOfKey(keyOfWorld(number));
  const { state, days } = fold(
    personaMemory(),
    times.map((occurredAt, index) => interaction({ messageId: `${number}-${index}`, occurredAt })),
  );
  const sorted = [...days].sort(([a], [b]) => (a < b ? 1 : -1));
  const recent = sorted.slice(0, daysWithState);
  const pk = customerPartition(personaId);
  const items = [
    {
      pk,
      sk: personaSort(personaId),
      version: 1,
      record: encodeState(state),
      recent: new Map(
        recent.map(([day, record]) => [daySort(personaId, day), { text: encodeDay(record), expiresAt: 9e9 }]),
      ),
    },
    ...sorted.slice(daysWithState).map(([day, record]) => ({
      pk,
      sk: daySort(personaId, day),
      version: 1,
      record: encodeDay(record),
    })),
  ].map(toAttributes);
  while (items.length > 0) {
    const puts = items.splice(0, 25).map((Item) => ({ PutRequest: { Item } }));
    await table.client.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: puts } }));
  }
  return mergeTimelines([...days.values()].map(inOrder), 10_000);
}

async function link(...numbers: readonly number[]) {
  const [first = 0, ...others] = numbers;
  await dynamoIdentities(table.client, table.name, freeRules).link(
    { identifier: keyOfWorld(first), seenFirstMs: 1 },
    others.map((number) => ({ identifier: keyOfWorld(number), atMs: 1 })),
    now,
  );
}

function timeline(number: number, until: TimelinePoint, limit: number) {
  const read = watched(table.client);
  const page = dynamoCustomers(read.client, table.name).recentTimeline(personaOfKey(keyOfWorld(number)), until, limit);
  return page.then((answer) => ({ ...answer, roundTrips: read.roundTrips() }));
}

const daysBack = (first: number, count: number, hour: number, every = 1) =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(2026, 2, 9, hour) - (first + every * index) * 86_400_000).toISOString(),
  );

describe('the recent timeline', () => {
  const until = { at: Date.parse('2026-03-10T12:00:00Z'), messageId: '1-1' };

  test('leaves out the point itself and what is newer, and is there in one round trip', async () => {
    world += 1;
    const times = ['2026-03-10T11:00', '2026-03-10T12:00', '2026-03-10T13:00', '2026-03-09T23:00'];
    await save(
      1,
      times.map((time) => `${time}:00.000Z`),
    );
    const { page, roundTrips } = await timeline(1, until, 10);
    expect([ids(page?.entries ?? []), page?.isComplete, roundTrips]).toEqual([['1-0', '1-3'], true, 1]);
  });

  test('of several personas is one, newest first, in two round trips', async () => {
    world += 1;
    await save(1, ['2026-03-09T10:00:00.000Z', '2026-03-08T12:00:00.000Z']);
    await save(2, ['2026-03-09T11:00:00.000Z', '2026-03-08T11:00:00.000Z']);
    await link(1, 2);
    for (const number of [1, 2]) {
      const { page, personas, roundTrips } = await timeline(number, until, 10);
      expect(ids(page?.entries ?? [])).toEqual(['2-0', '1-0', '1-1', '2-1']);
      expect([personas?.length, roundTrips]).toEqual([2, 2]);
    }
  });

  test.each([
    [2, 2, false],
    [3, 3, true],
  ])('with a limit of %i has %i entries and is complete: %s', async (limit, count, isComplete) => {
    world += 1;
    await save(1, daysBack(0, 3, 10));
    const { page } = await timeline(1, until, limit);
    expect([page?.entries.length, page?.isComplete]).toEqual([count, isComplete]);
  });

  test('skips nothing from page to page, when one persona has many days, one few and one old days with its state', async () => {
    world += 1;
    const all = [
      ...(await save(1, daysBack(0, 90, 9))),
      ...(await save(2, daysBack(3, 5, 10, 20))),
      ...(await save(3, daysBack(50, 8, 11, 5), 8)),
    ];
    await link(1, 2, 3);
    const expected = ids(mergeTimelines([all], 10_000));
    const paged: string[] = [];
    let from: TimelinePoint = { at: now, messageId: '' };
    for (let isComplete = false; !isComplete; ) {
      const { page, roundTrips } = await timeline(2, from, 30);
      expect(roundTrips).toBe(2);
      paged.push(...ids(page?.entries ?? []));
      from = page?.entries.at(-1) ?? from;
      isComplete = page?.isComplete ?? true;
    }
    expect(paged).toEqual(expected);
  });

  test('of nobody is none', async () => {
    world += 1;
    expect((await timeline(1, until, 10)).page).toBeUndefined();
  });
});

describe('a customer', () => {
  test('has the states of its personas as they are stored', async () => {
    world += 1;
    await save(1, ['2026-03-09T10:00:00.000Z']);
    const customer = await dynamoCustomers(table.client, table.name).customer(personaOfKey(keyOfWorld(1)));
    const { state } = fold(personaMemory(), [
      interaction({ messageId: '1-0', occurredAt: '2026-03-09T10:00:00.000Z' }),
    ]);
    expect(customer?.personas.map(({ version, state: stored }) => [version, encodeState(stored)])).toEqual([
      [1, encodeState(state)],
    ]);
  });
});
