import { beforeEach, describe, expect, test, vi } from 'vitest';
import { dispositionsOfEvents } from '#domain/disposition/disposition-of-event.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { logger } from '#runtime/lambda.ts';
import { queueHandler } from '#runtime/queue.ts';
import { busMessage, receivedDetail } from '#support/builders/bus-message.ts';
import { capturedDetail } from '#support/builders/captured-disposition.ts';
import { decisionFacts, offersNamed, outcomes } from '#support/builders/decision.ts';
import { interaction } from '#support/builders/interaction.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';
import { FakeDispositions } from '#support/fakes/fake-dispositions.ts';
import { deriveDispositions } from '#use-cases/respond/derive-dispositions.ts';

const { decision } = outcomes(decisionFacts(offersNamed(['tv'])));
const { decisionId } = decision;
const otherId = '019cad2f-0000-7000-8000-000000000002';

let bus = new FakeBus();
let dispositions = new FakeDispositions();
beforeEach(() => {
  bus = new FakeBus();
  dispositions = new FakeDispositions(decision, { ...decision, decisionId: otherId });
});

const event = (name: string, properties: Record<string, unknown> = {}, over: Partial<Interaction> = {}) =>
  interaction({ event: name, properties: { decision_id: decisionId, ...properties }, ...over });
const told = () => [...dispositions.told.values()].map(({ treatmentId, disposition }) => [treatmentId, disposition]);

/** Delivers queue messages named m0, m1 …, each with some interactions; a text is delivered as it is. Gives those that failed. */
async function deliver(...messages: readonly (string | readonly Interaction[])[]) {
  const handle = queueHandler(
    deriveDispositions({ dispositions, bus, now: () => Date.UTC(2026, 2, 10, 13), newId: () => 'id' }),
  );
  const Records = messages.map((message, index) => ({
    messageId: `m${index}`,
    body:
      typeof message === 'string' ? message : busMessage('InteractionsReceived', receivedDetail({ 'p-1': message })),
  }));
  const { batchItemFailures } = await handle({ Records });
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

describe('an event with a decision id', () => {
  test.each(Object.entries(dispositionsOfEvents))('called %s means %s', async (name, disposition) => {
    expect(await deliver([event(name, { treatment_id: 'tv-hero' })])).toEqual([]);
    expect(told()).toEqual([['tv-hero', disposition]]);
    expect(bus.details('DispositionCaptured').flatMap((detail) => detail.dispositions)).toMatchObject([
      { decisionId, treatmentId: 'tv-hero', disposition, occurredAt: '2026-03-10T12:00:00.000Z' },
    ]);
  });

  test.each(Object.entries(dispositionsOfEvents))(
    'called %s of a public key means no more than it may tell, without value',
    async (name, disposition) => {
      for (const standing of ['own', 'claimed'] as const) {
        dispositions = new FakeDispositions(decision);
        await deliver([event(name, { order_id: 'o-1', revenue: 1e6, currency: 'EUR' }, { standing })]);
        const isTold = !['bounced', 'accepted', 'converted'].includes(disposition);
        expect(told()).toEqual(isTold ? [['tv-hero', disposition]] : []);
        for (const { valueMinor } of dispositions.told.values()) expect(valueMinor).toBeUndefined();
      }
    },
  );

  test.each([
    ['by the field that names one that was shown', { promotion_id: 'spring', variation_id: 'tv-hero' }, 'tv-hero'],
    ['as the only one that was shown when no field names one', {}, 'tv-hero'],
    ['as it is named, when that was not shown', { promotion_id: 'spring' }, 'spring'],
  ])('finds its treatment %s', async (_, properties, treatmentId) => {
    await deliver([event('Promotion Clicked', properties)]);
    expect(told()).toEqual([[treatmentId, 'clicked']]);
  });

  test('brings the revenue of its order', async () => {
    await deliver([event('Order Completed', { order_id: 'o-1', revenue: 19.99, currency: 'EUR' })]);
    expect([...dispositions.told.values()]).toMatchObject([{ valueMinor: 1999, currency: 'EUR' }]);
  });

  test('in capitals is of that decision', async () => {
    await deliver([event('Promotion Clicked', { decision_id: decisionId.toUpperCase() })]);
    expect(bus.details('DispositionCaptured')).toMatchObject([{ dispositions: [{ decisionId }], unknown: [] }]);
  });
});

test.each([
  ['without a decision id', interaction({ event: 'Promotion Clicked' })],
  ['with a decision id that is none', event('Promotion Clicked', { decision_id: 'd-1' })],
  ['of another name', event('Product Viewed')],
  ['named like a property of every object', event('constructor')],
  ['that is no track call', event('Promotion Clicked', {}, { type: 'page' })],
  ['that Lemniscate made of a disposition', event('Disposition Captured')],
])('an event %s means none, and costs nothing', async (_, meaningless) => {
  expect(await deliver([meaningless])).toEqual([]);
  expect([dispositions.loaded, bus.entries]).toEqual([[], []]);
});

describe('a message', () => {
  test('that comes again has no second effect', async () => {
    const clicked = [event('Promotion Clicked')];
    await deliver(clicked, clicked);
    expect(told()).toEqual([['tv-hero', 'clicked']]);
  });

  test.each([
    ['no JSON', '{'],
    ['an event of another type', busMessage('DispositionCaptured', capturedDetail())],
    ['a detail of another shape', busMessage('InteractionsReceived', { personas: [] } as never)],
  ])('that is %s fails alone', async (_, body) => {
    expect(await deliver([event('Promotion Viewed')], body, [event('Promotion Clicked')])).toEqual(['m1']);
    expect(told()).toEqual([
      ['tv-hero', 'presented'],
      ['tv-hero', 'clicked'],
    ]);
  });

  test('whose decision can’t be read fails alone, and is logged without what it carried', async () => {
    const error = vi.spyOn(logger, 'error').mockImplementation(() => {});
    dispositions.unreadable.add(otherId);
    const failing = [event('Promotion Clicked', { decision_id: otherId }, { userId: 'ada' })];
    expect(await deliver(failing, [event('Promotion Clicked')])).toEqual(['m0']);
    expect(told()).toEqual([['tv-hero', 'clicked']]);
    expect(error.mock.calls).toMatchObject([['Dispositions of a message were not taken', { messageId: 'm0' }]]);
    expect(JSON.stringify(error.mock.calls)).not.toContain('ada');
    error.mockRestore();
  });

  test('that the bus does not take comes again, and then is told on', async () => {
    bus.isDown = true;
    expect(await deliver([event('Promotion Clicked')])).toEqual(['m0']);
    bus.isDown = false;
    expect(await deliver([event('Promotion Clicked')])).toEqual([]);
    expect(bus.details('DispositionCaptured')).toMatchObject([{ dispositions: [{ disposition: 'clicked' }] }]);
  });
});
