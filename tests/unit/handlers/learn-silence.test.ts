import { describe, expect, test } from 'vitest';
import { MemoryTrainingStore } from '#adapters/in-memory/memory-training-store.ts';
import { MemoryWaitingPresentations } from '#adapters/in-memory/memory-waiting-presentations.ts';
import type { CapturedDisposition } from '#domain/disposition/captured-disposition.ts';
import { queueHandler } from '#runtime/queue.ts';
import { queueWithTimes } from '#runtime/queue-with-times.ts';
import { busMessage } from '#support/builders/bus-message.ts';
import { capturedDetail, capturedDisposition } from '#support/builders/captured-disposition.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';
import { learnFromDispositions } from '#use-cases/learn/learn-from-dispositions.ts';
import { tellUnanswered } from '#use-cases/learn/tell-unanswered.ts';

const noon = Date.UTC(2026, 2, 10, 12);
const hourMs = 3_600_000;

/** The function at noon, with its queue: what it tells the bus comes back to it. */
function scene() {
  const trainingStore = new MemoryTrainingStore();
  const waiting = new MemoryWaitingPresentations();
  const bus = new FakeBus();
  let nowMs = noon;
  const now = () => nowMs;
  const handle = queueWithTimes(
    tellUnanswered({ waiting, bus, now, newId: () => 'id' }),
    queueHandler(learnFromDispositions({ trainingStore, waiting, now, pause: async () => {} })),
  );
  const deliver = (...bodies: string[]) =>
    handle({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) });
  return {
    bus,
    waiting,
    /** A disposition, told now unless it says when. */
    tell: (over: Partial<CapturedDisposition>) =>
      deliver(
        busMessage(
          'DispositionCaptured',
          capturedDetail(capturedDisposition({ occurredAt: new Date(nowMs).toISOString(), ...over })),
        ),
      ),
    async pass(hours: number) {
      nowMs += hours * hourMs;
      await deliver(JSON.stringify({ 'detail-type': 'Scheduled Event', time: new Date(nowMs).toISOString() }));
      const told = bus.details('PresentationsUnanswered');
      bus.entries.length = 0;
      await deliver(...told.map((detail) => busMessage('PresentationsUnanswered', detail)));
    },
    counts() {
      const model = trainingStore.models.get('treatment#sale-hero');
      return [model?.responses ?? 0, model?.positives ?? 0];
    },
  };
}

const outbound = { record: { ...capturedDisposition().record, direction: 'outbound' } };

describe('a treatment that was seen and is not answered', () => {
  test('counts as ignored an hour later, and not before', async () => {
    const { tell, pass, counts } = scene();
    await tell({ disposition: 'presented' });
    await pass(0.75);
    expect(counts()).toEqual([0, 0]);
    await pass(0.25);
    expect(counts()).toEqual([1, 0]);
    await pass(24);
    expect(counts()).toEqual([1, 0]);
  });

  test('counts as ignored a day later where we went to the customer', async () => {
    const { tell, pass, counts } = scene();
    await tell({ disposition: 'presented', ...outbound });
    await pass(23);
    expect(counts()).toEqual([0, 0]);
    await pass(1);
    expect(counts()).toEqual([1, 0]);
  });

  test('is corrected by a yes of the days after, and by nothing that comes after that', async () => {
    const { tell, pass, counts } = scene();
    await tell({ disposition: 'presented' });
    await pass(1);
    await tell({ disposition: 'presented' });
    await pass(24);
    await tell({ disposition: 'accepted' });
    expect(counts()).toEqual([1, 1]);
    await tell({ disposition: 'presented' });
    await pass(2);
    expect(counts()).toEqual([1, 1]);
  });

  test('counts once, however often it is told, before it is due and after', async () => {
    const { tell, pass, counts } = scene();
    await tell({ disposition: 'presented' });
    await tell({ disposition: 'presented' });
    await pass(1);
    await tell({ disposition: 'presented', occurredAt: new Date(noon).toISOString() });
    await pass(1);
    expect(counts()).toEqual([1, 0]);
  });

  test.each(['clicked', 'considering'] as const)('was seen by who did this: %s', async (disposition) => {
    const { tell, pass, counts } = scene();
    await tell({ disposition });
    await pass(1);
    expect(counts()).toEqual([1, 0]);
  });

  test('was seen by who accepts where no less than a conversion counts', async () => {
    const { tell, pass, counts } = scene();
    await tell({ disposition: 'accepted', goal: 'conversion' });
    await pass(1);
    expect(counts()).toEqual([1, 0]);
    await tell({ disposition: 'converted', goal: 'conversion' });
    expect(counts()).toEqual([1, 1]);
  });
});

describe('nothing is learned', () => {
  test.each(['bounced', 'no-answer', 'not-reached', 'call-back'] as const)(
    'of who was not reached: %s',
    async (disposition) => {
      const { tell, pass, waiting, counts } = scene();
      await tell({ disposition });
      expect(waiting.held.size).toBe(0);
      await pass(48);
      expect(counts()).toEqual([0, 0]);
    },
  );

  test('of silence after an answer that came first', async () => {
    const { tell, pass, counts } = scene();
    await tell({ disposition: 'presented' });
    await tell({ disposition: 'accepted' });
    await pass(1);
    expect(counts()).toEqual([1, 1]);
  });

  test('of what is seen after the goal’s days', async () => {
    const { tell, pass, counts } = scene();
    await tell({ disposition: 'presented', isLate: true });
    await pass(48);
    expect(counts()).toEqual([0, 0]);
  });

  test('while the bus is down, and everything once it is back', async () => {
    const { tell, pass, bus, counts } = scene();
    await tell({ disposition: 'presented' });
    bus.isDown = true;
    await pass(1);
    expect(counts()).toEqual([0, 0]);
    bus.isDown = false;
    await pass(0.25);
    expect(counts()).toEqual([1, 0]);
  });
});

test('a presentation whose features can’t be read fails alone', async () => {
  const { tell } = scene();
  expect((await tell({ disposition: 'presented', features: '!' })).batchItemFailures).toHaveLength(1);
});
