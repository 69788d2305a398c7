import { describe, expect, test } from 'vitest';
import { MemoryPersonas } from '#adapters/in-memory/memory-personas.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { readProfile } from '#domain/profile/read-profile.ts';
import { queueHandler } from '#runtime/queue.ts';
import { busMessage, receivedDetail } from '#support/builders/bus-message.ts';
import { interaction } from '#support/builders/interaction.ts';
import { FakeIdentities } from '#support/fakes/fake-identities.ts';
import { updateProfiles } from '#use-cases/profile/update-profiles.ts';

const now = Date.UTC(2026, 2, 10, 12);

/** A message of several personas. */
interface Sent {
  readonly of: Readonly<Record<string, readonly Interaction[]>>;
}

function scene() {
  const personas = new MemoryPersonas();
  const pauses: number[] = [];
  const pause = async (attempt: number) => {
    pauses.push(attempt);
  };
  const handle = queueHandler(
    updateProfiles({
      personas,
      namesInUse: async () => () => false,
      identities: new FakeIdentities(),
      now: () => now,
      pause,
    }),
  );
  return {
    personas,
    pauses,
    /** Delivers queue messages named m0, m1 …; a text is delivered as it is. */
    async deliver(...messages: readonly (string | Sent | [personaId: string, ...interactions: Interaction[]])[]) {
      const Records = messages.map((message, index) => {
        if (typeof message === 'string') return { messageId: `m${index}`, body: message };
        const [personaId, ...interactions] = Array.isArray(message) ? message : [''];
        const personas = Array.isArray(message) ? { [personaId]: interactions } : message.of;
        return { messageId: `m${index}`, body: busMessage('InteractionsReceived', receivedDetail(personas)) };
      });
      const { batchItemFailures } = await handle({ Records });
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
    total(personaId: string) {
      const kept = personas.kept.get(personaId);
      return kept === undefined ? undefined : readProfile(kept.state, new Date(now)).interactions.total;
    },
  };
}

const one = (messageId: string, over: Partial<Interaction> = {}) => interaction({ messageId, ...over });
const onDay = (day: number) => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString();

describe('a batch', () => {
  test('is written once per persona, whatever number of messages carried it', async () => {
    const { deliver, personas, total } = scene();
    expect(await deliver(['a', one('1')], ['b', one('2')], ['a', one('3'), one('4')])).toEqual([]);
    expect(personas.saves.map(({ personaId }) => personaId).sort()).toEqual(['a', 'b']);
    expect([total('a'), total('b')]).toEqual([3, 1]);
  });

  test('is divided among the personas of its messages', async () => {
    const { deliver, personas, total } = scene();
    expect(await deliver({ of: { a: [one('1')], b: [one('2'), one('3')] } }, { of: { b: [one('4')] } })).toEqual([]);
    expect(personas.saves.map(({ personaId }) => personaId).sort()).toEqual(['a', 'b']);
    expect([total('a'), total('b')]).toEqual([1, 3]);
  });

  test('that was seen before writes nothing', async () => {
    const { deliver, personas, total } = scene();
    await deliver(['a', one('1'), one('2')]);
    expect(await deliver(['a', one('2'), one('1')])).toEqual([]);
    expect(personas.saves).toHaveLength(1);
    expect(total('a')).toBe(2);
  });

  test('that holds one message twice counts it once', async () => {
    const { deliver, total } = scene();
    await deliver(['a', one('1')], ['a', one('1')]);
    expect(total('a')).toBe(1);
  });

  test('of nothing fails nothing', async () => {
    expect(await scene().deliver()).toEqual([]);
  });
});

describe('a conflict', () => {
  test('has the persona read, folded and written again', async () => {
    const { deliver, personas, pauses, total } = scene();
    personas.conflicts.set('a', 3);
    expect(await deliver(['a', one('1')])).toEqual([]);
    expect(personas.loads.map(({ freshness }) => freshness)).toEqual(['eventual', 'latest', 'latest', 'latest']);
    expect(pauses).toEqual([1, 2, 3]);
    expect(total('a')).toBe(1);
  });

  test('without end fails the messages of that persona and of no other', async () => {
    const { deliver, personas, total } = scene();
    personas.conflicts.set('a', 1000);
    expect(await deliver(['a', one('1')], ['b', one('2')], ['a', one('3')])).toEqual(['m0', 'm2']);
    expect([total('a'), total('b')]).toEqual([0, 1]);
  });

  test('without end is given up after eight reads', async () => {
    const { deliver, personas } = scene();
    personas.conflicts.set('a', 1000);
    await deliver(['a', one('1')]);
    expect(personas.loads).toHaveLength(8);
  });
});

describe('a message', () => {
  test.each<[string, string]>([
    ['no JSON', '{'],
    ['no event', '{}'],
    [
      'an event of another type',
      busMessage('ProfileChanged', {
        id: 'e',
        occurredAt: '2026-03-10T12:00:00Z',
        schemaVersion: 1,
        changes: [{ customerId: 'c', personaId: 'p', version: 1, isNew: true }],
      }),
    ],
    ['an event without interactions', busMessage('InteractionsReceived', receivedDetail({ a: [] }))],
  ])('that is %s fails alone', async (_, body) => {
    const { deliver, total } = scene();
    expect(await deliver(['a', one('1')], body, ['a', one('2')])).toEqual(['m1']);
    expect(total('a')).toBe(2);
  });

  test('of which one persona is not done comes again once, and then counts only that one', async () => {
    const { deliver, personas, total } = scene();
    personas.conflicts.set('a', 8);
    personas.conflicts.set('b', 8);
    const message = { of: { a: [one('1')], b: [one('2')], c: [one('3')] } };
    expect(await deliver(message, ['d', one('4')])).toEqual(['m0']);
    expect([total('a'), total('b'), total('c'), total('d')]).toEqual([0, 0, 1, 1]);
    expect(await deliver(message)).toEqual([]);
    expect([total('a'), total('b'), total('c')]).toEqual([1, 1, 1]);
    expect(personas.saves.filter(({ personaId }) => personaId === 'c')).toHaveLength(1);
  });

  test('of a persona whose store fails comes again while the others are done', async () => {
    const { deliver, personas, total } = scene();
    const load = personas.load.bind(personas);
    personas.load = (personaId, touched) =>
      personaId === 'a' ? Promise.reject(new Error('The store is away')) : load(personaId, touched);
    expect(await deliver(['a', one('1')], ['b', one('2')])).toEqual(['m0']);
    expect(total('b')).toBe(1);
  });
});

describe('interactions of more days and orders than a transaction takes', () => {
  test('are written in runs of at most 75 records each, and all of them', async () => {
    const { deliver, personas, total } = scene();
    const many = Array.from({ length: 60 }, (_, index) =>
      one(`${index}`, {
        occurredAt: onDay(index),
        event: 'Order Completed',
        properties: { order_id: `o-${index}`, revenue: 1, currency: 'EUR' },
      }),
    );
    expect(await deliver(['a', ...many.slice(0, 30)], ['a', ...many.slice(30)])).toEqual([]);
    expect(personas.saves.length).toBe(2);
    for (const { records } of [...personas.loads, ...personas.saves]) expect(records).toBeLessThanOrEqual(75);
    expect(total('a')).toBe(60);
  });

  test('fill a transaction before the next one begins', async () => {
    const { deliver, personas } = scene();
    const days = Array.from({ length: 100 }, (_, index) => one(`${index}`, { occurredAt: onDay(index - 50) }));
    await deliver(['a', ...days]);
    expect(personas.saves.map(({ records }) => records)).toEqual([75, 25]);
  });
});
