import { describe, expect, test } from 'vitest';
import { MemoryTrainingStore } from '#adapters/in-memory/memory-training-store.ts';
import { MemoryWaitingPresentations } from '#adapters/in-memory/memory-waiting-presentations.ts';
import type { CapturedDisposition } from '#domain/disposition/captured-disposition.ts';
import { slotName } from '#domain/propensity/learn-responses.ts';
import { modelName } from '#domain/propensity/model-key.ts';
import { queueHandler } from '#runtime/queue.ts';
import { busMessage, receivedDetail } from '#support/builders/bus-message.ts';
import { capturedDetail, capturedDisposition } from '#support/builders/captured-disposition.ts';
import { learnFromDispositions } from '#use-cases/learn/learn-from-dispositions.ts';

function scene() {
  const trainingStore = new MemoryTrainingStore();
  const pauses: number[] = [];
  const handle = queueHandler(
    learnFromDispositions({
      trainingStore,
      waiting: new MemoryWaitingPresentations(),
      now: () => 0,
      pause: async (attempt) => void pauses.push(attempt),
    }),
  );
  return {
    trainingStore,
    pauses,
    /** Delivers queue messages named m0, m1 …, each with one disposition; a text is delivered as it is. */
    async deliver(...messages: readonly (string | Partial<CapturedDisposition>)[]) {
      const Records = messages.map((message, index) => ({
        messageId: `m${index}`,
        body:
          typeof message === 'string'
            ? message
            : busMessage('DispositionCaptured', capturedDetail(capturedDisposition(message))),
      }));
      const { batchItemFailures } = await handle({ Records });
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
    counts(name = 'treatment#sale-hero') {
      const model = trainingStore.models.get(name);
      return [model?.responses ?? 0, model?.positives ?? 0];
    },
  };
}

describe('a batch', () => {
  test('teaches treatment, offer and channel in one save', async () => {
    const { deliver, trainingStore, counts } = scene();
    expect(await deliver({ decisionId: 'd-1' }, { decisionId: 'd-2', disposition: 'accepted' })).toEqual([]);
    expect(trainingStore.runs).toHaveLength(1);
    expect(['treatment#sale-hero', 'offer#sale', 'channel#web'].map(counts)).toEqual([
      [2, 1],
      [2, 1],
      [2, 1],
    ]);
  });

  test('that comes again teaches nothing', async () => {
    const { deliver, trainingStore, counts } = scene();
    await deliver({}, {});
    const before = new Map(trainingStore.models);
    expect(await deliver({}, { disposition: 'ignored' })).toEqual([]);
    expect(counts()).toEqual([1, 0]);
    expect(trainingStore.models).toEqual(before);
  });

  test('with an acceptance after a rejection corrects it', async () => {
    const { deliver, counts } = scene();
    await deliver({ disposition: 'ignored' });
    await deliver({ disposition: 'accepted', occurredAt: '2026-03-11T12:00:00.000Z' });
    await deliver({ disposition: 'ignored' });
    expect(counts()).toEqual([1, 1]);
  });

  test.each(['presented', 'bounced', 'no-answer', 'clicked'] as const)(
    'of what settles nothing reads nothing: %s',
    async (disposition) => {
      const { deliver, trainingStore } = scene();
      expect(await deliver({ disposition })).toEqual([]);
      expect(trainingStore.runs).toEqual([]);
    },
  );

  test('of what came too late reads nothing', async () => {
    const { deliver, trainingStore } = scene();
    expect(await deliver({ isLate: true })).toEqual([]);
    expect(trainingStore.runs).toEqual([]);
  });

  test('touches a hundred models and slots at most in a run, and teaches all', async () => {
    const { deliver, trainingStore, counts } = scene();
    const many = Array.from({ length: 150 }, (_, index) => ({
      decisionId: `d-${index}`,
      treatmentId: `t-${index % 40}`,
      decidedAt: `2026-03-${10 + (index % 15)}T11:00:00.000Z`,
    }));
    expect(await deliver(...many)).toEqual([]);
    expect(trainingStore.runs.length).toBeGreaterThan(1);
    for (const { models, slots } of trainingStore.runs) {
      expect(new Set([...models.map(modelName), ...slots.map(slotName)]).size).toBeLessThanOrEqual(100);
    }
    expect(counts('channel#web')).toEqual([150, 0]);
  });
});

describe('a conflict', () => {
  test('has the models read and taught again', async () => {
    const { deliver, trainingStore, pauses, counts } = scene();
    trainingStore.conflicts = 3;
    expect(await deliver({})).toEqual([]);
    expect(pauses).toEqual([1, 2, 3]);
    expect(trainingStore.runs).toHaveLength(4);
    expect(counts()).toEqual([1, 0]);
  });

  test('without end fails the messages, which come again', async () => {
    const { deliver, trainingStore, counts } = scene();
    trainingStore.conflicts = 8;
    expect(await deliver({ decisionId: 'd-1' }, { decisionId: 'd-2' })).toEqual(['m0', 'm1']);
    expect(await deliver({ decisionId: 'd-1' }, { decisionId: 'd-2' })).toEqual([]);
    expect(counts()).toEqual([2, 0]);
  });
});

describe('a message', () => {
  test.each<[string, string]>([
    ['no JSON', '{'],
    ['an event of another type', busMessage('InteractionsReceived', receivedDetail())],
    [
      'a disposition whose features can’t be read',
      busMessage('DispositionCaptured', capturedDetail(capturedDisposition({ features: '!' }))),
    ],
  ])('that is %s fails alone', async (_, body) => {
    const { deliver, counts } = scene();
    expect(await deliver({}, body)).toEqual(['m1']);
    expect(counts()).toEqual([1, 0]);
  });
});
