import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BusEntry, InteractionsReceived, InteractionsRejected } from '#contracts/bus/bus-event.ts';
import { largestDetailBytes } from '#contracts/bus/pack-details.ts';
import { receivedEntries } from '#contracts/bus/received-entries.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { interaction, rejection } from '#support/builders/interaction.ts';
import { rejectedEntries } from '#use-cases/collect/rejected-entries.ts';

let ids = 0;
const stamp = { newId: () => `id-${ids++}`, occurredAt: '2026-03-10T12:00:00.000Z' };
const byUser = ({ userId }: { userId?: string | undefined }) => `persona of ${userId}`;
const ofUsers = (interactions: readonly Interaction[]) =>
  interactions.map((each) => ({ personaId: byUser(each), interaction: each }));
const received = (entry: BusEntry) => InteractionsReceived.parse(JSON.parse(entry.detail));
const rejected = (entry: BusEntry) => InteractionsRejected.parse(JSON.parse(entry.detail));

describe('entries of interactions', () => {
  const mixed = ['a', 'b', 'a', 'c', 'b'].map((userId, index) => interaction({ userId, messageId: `m-${index}` }));

  const messagesOf = (entry: BusEntry) =>
    received(entry).personas.map(({ personaId, interactions }) => [
      personaId,
      interactions.map(({ messageId }) => messageId),
    ]);
  const large = (index: number, userId: string) =>
    interaction({ userId, messageId: `m-${index}`, properties: { filling: 'ü'.repeat(10_000) } });

  test('are one for a request, with the interactions of each persona in their order', () => {
    expect(receivedEntries(ofUsers(mixed), stamp).map(messagesOf)).toEqual([
      [
        ['persona of a', ['m-0', 'm-2']],
        ['persona of b', ['m-1', 'm-4']],
        ['persona of c', ['m-3']],
      ],
    ]);
  });

  test('are several when they pass 64 KB together, and may part a persona', () => {
    const entries = receivedEntries(
      ofUsers([0, 1, 2, 3, 4].map((index) => large(index, index < 2 ? 'a' : 'b'))),
      stamp,
    );
    expect(entries.map(messagesOf)).toEqual([
      [
        ['persona of a', ['m-0', 'm-1']],
        ['persona of b', ['m-2']],
      ],
      [['persona of b', ['m-3', 'm-4']]],
    ]);
  });

  test('have ids of their own', () => {
    const entries = receivedEntries(ofUsers([0, 1, 2, 3].map((index) => large(index, 'a'))), stamp).map(received);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(2);
  });

  test('lose nothing and never pass 64 KB, whoever sends how much', () => {
    const sent = fc.record({ user: fc.nat(40), bytes: fc.oneof(fc.nat(300), fc.nat(20_000)) });
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 120 }), (all) => {
        const interactions = all.map(({ user, bytes }, index) =>
          interaction({ userId: `${user}`, messageId: `m-${index}`, properties: { filling: 'x'.repeat(bytes) } }),
        );
        const entries = receivedEntries(ofUsers(interactions), stamp);
        for (const { detail } of entries) expect(Buffer.byteLength(detail)).toBeLessThanOrEqual(largestDetailBytes);
        const groups = entries.flatMap((entry) => received(entry).personas);
        const found = groups.flatMap(({ personaId, interactions: own }) =>
          own.map((each) => ({ messageId: each.messageId, isOwn: byUser(each) === personaId })),
        );
        expect(found.every(({ isOwn }) => isOwn)).toBe(true);
        expect(found.map(({ messageId }) => messageId).sort()).toEqual(
          interactions.map(({ messageId }) => messageId).sort(),
        );
      }),
      { numRuns: 50 },
    );
  });

  test('are none without interactions', () => {
    expect(receivedEntries([], stamp)).toEqual([]);
  });
});

describe('entries of rejections', () => {
  test('hold all of a request together, under its touchpoint', () => {
    const entries = rejectedEntries(
      [rejection(), rejection({ rejectionId: 'r-2' })],
      { touchpoint: 'app', trust: 'public' },
      stamp,
    );
    expect(entries).toHaveLength(1);
    expect(entries.map(rejected)).toMatchObject([
      { touchpoint: 'app', rejections: [{ rejectionId: 'r-1' }, { rejectionId: 'r-2' }] },
    ]);
  });

  test('are several when they pass 64 KB together', () => {
    const parts = [1, 2].map((payloadPart) =>
      rejection({ payload: 'x'.repeat(56 * 1024), payloadPart, payloadParts: 2 }),
    );
    const entries = rejectedEntries(parts, { touchpoint: 'web', trust: 'public' }, stamp);
    expect(entries).toHaveLength(2);
    for (const { detail } of entries) expect(Buffer.byteLength(detail)).toBeLessThanOrEqual(64 * 1024);
  });
});
