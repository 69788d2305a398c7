import '#support/fakes/function-environment.ts';
import { describe, expect, test } from 'vitest';
import { type BusEntry, InteractionsReceived, InteractionsRejected } from '#domain/bus/bus-event.ts';
import { receivedEntries, rejectedEntries } from '#handlers/collect-interactions/entries.ts';
import { interaction, rejection } from '#support/builders/interaction.ts';

let ids = 0;
const stamp = { newId: () => `id-${ids++}`, occurredAt: '2026-03-10T12:00:00.000Z' };
const byUser = ({ userId }: { userId?: string | undefined }) => `persona of ${userId}`;
const received = (entry: BusEntry) => InteractionsReceived.parse(JSON.parse(entry.detail));
const rejected = (entry: BusEntry) => InteractionsRejected.parse(JSON.parse(entry.detail));

describe('entries of interactions', () => {
  const mixed = ['a', 'b', 'a', 'c', 'b'].map((userId, index) => interaction({ userId, messageId: `m-${index}` }));

  test('are one per persona with its interactions in their order', () => {
    const entries = receivedEntries(mixed, byUser, stamp).map(received);
    expect(
      entries.map(({ personaId, interactions }) => [personaId, interactions.map(({ messageId }) => messageId)]),
    ).toEqual([
      ['persona of a', ['m-0', 'm-2']],
      ['persona of b', ['m-1', 'm-4']],
      ['persona of c', ['m-3']],
    ]);
  });

  test('have ids of their own', () => {
    const entries = receivedEntries(mixed, byUser, stamp).map(received);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(3);
  });

  test('of one persona are several when they pass 64 KB together', () => {
    const large = Array.from({ length: 9 }, (_, index) =>
      interaction({ messageId: `m-${index}`, properties: { filling: 'ü'.repeat(10_000) } }),
    );
    const entries = receivedEntries(large, byUser, stamp);
    expect(entries.map((entry) => received(entry).interactions.length)).toEqual([3, 3, 3]);
    for (const { detail } of entries) expect(Buffer.byteLength(detail)).toBeLessThanOrEqual(64 * 1024);
    expect(entries.flatMap((entry) => received(entry).interactions)).toEqual(large);
  });

  test('are none without interactions', () => {
    expect(receivedEntries([], byUser, stamp)).toEqual([]);
  });
});

describe('entries of rejections', () => {
  test('hold all of a request together, under its touchpoint', () => {
    const entries = rejectedEntries([rejection(), rejection({ rejectionId: 'r-2' })], 'app', stamp);
    expect(entries).toHaveLength(1);
    expect(entries.map(rejected)).toMatchObject([
      { touchpoint: 'app', rejections: [{ rejectionId: 'r-1' }, { rejectionId: 'r-2' }] },
    ]);
  });

  test('are several when they pass 64 KB together', () => {
    const parts = [1, 2].map((payloadPart) =>
      rejection({ payload: 'x'.repeat(56 * 1024), payloadPart, payloadParts: 2 }),
    );
    const entries = rejectedEntries(parts, 'web', stamp);
    expect(entries).toHaveLength(2);
    for (const { detail } of entries) expect(Buffer.byteLength(detail)).toBeLessThanOrEqual(64 * 1024);
  });
});
