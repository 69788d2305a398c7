import { describe, expect, test } from 'vitest';
import { decisionAccounts } from '#adapters/decisions-table/decision-accounts.ts';
import { decisionItems } from '#adapters/decisions-table/decision-items.ts';
import { unpackTexts } from '#adapters/decisions-table/decision-packing.ts';
import { DecisionRecord } from '#adapters/decisions-table/stream-images.ts';
import { largestDetailBytes } from '#contracts/bus/pack-details.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { readAccount } from '#domain/decision/read-account.ts';
import { BusUnavailableError, UnexpectedShapeError } from '#runtime/errors.ts';
import { streamBatch, streamHandler } from '#runtime/stream.ts';
import { decisionFacts, decisionTime, offersNamed, outcomes, propensities } from '#support/builders/decision.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';
import { publishDecisions } from '#use-cases/publish/publish-decisions.ts';

const made = (index: number, offers = ['tv']): Decision =>
  outcomes(
    decisionFacts(offersNamed(offers), {
      decisionId: `019cad2f-0000-7000-8000-0000000000${index.toString(16).padStart(2, '0')}`,
    }),
  ).decision;

/** The record of a new item as the stream brings it: bytes are base64 there. */
const recordOf = (record: Uint8Array) => ({
  eventName: 'INSERT',
  dynamodb: { NewImage: { sk: { S: 'decision' }, record: { B: Buffer.from(record).toString('base64') } } },
});
const recordsOf = (...decisions: readonly [Decision, ...Decision[]]) =>
  decisionItems(decisions).map(({ record }) => recordOf(record?.B ?? Uint8Array.of()));

async function publish(records: readonly ReturnType<typeof recordOf>[], bus = new FakeBus()) {
  let ids = 0;
  const deps = { accounts: decisionAccounts, bus, now: () => decisionTime, newId: () => `id-${ids++}` };
  await streamHandler(publishDecisions(deps))(streamBatch(DecisionRecord).parse({ Records: records }));
  return bus;
}

/** A decision about ten placements with 500 uncertain candidates each, as many as a call may ask for. */
function largeDecision(): Decision {
  const offers = Array.from({ length: 500 }, (_, index) => `offer-${index}`);
  const posteriors = offers.map((name, index) => [`${name}-hero`, { mean: Math.sin(index), variance: 0.3 }] as const);
  const facts = decisionFacts(offersNamed(offers), {
    propensities: () => propensities(Object.fromEntries(posteriors)),
  });
  const { decision } = outcomes(facts);
  const placements = Array.from({ length: 10 }, (_, index) => `web/slot-${index}`).flatMap((placementId) =>
    decision.placements.map((placement) => ({ ...placement, placementId })),
  );
  return { ...decision, placements };
}

const accountOf = (told: { readonly record: string } | undefined): Decision => {
  const [account = ''] = unpackTexts(Buffer.from(told?.record ?? '', 'base64'));
  return readAccount(account);
};

const toldBy = (bus: FakeBus) => bus.details('DecisionMade').flatMap(({ decisions }) => decisions);

describe('a batch of the stream', () => {
  test('becomes one event with all its decisions, and what each shows', async () => {
    const bus = await publish([...recordsOf(made(0), made(1)), ...recordsOf(made(2))]);
    expect(bus.details('DecisionMade')).toMatchObject([{ id: 'id-0', occurredAt: '2026-03-02T12:00:00.000Z' }]);
    expect(toldBy(bus)).toMatchObject(
      [0, 1, 2].map((index) => ({
        decisionId: made(index).decisionId,
        decidedAt: '2026-03-02T12:00:00.000Z',
        customerId: 'customer-1',
        personaId: 'persona-1',
        touchpoint: 'web',
        treatments: [{ placementId: 'web/home-hero', treatmentId: 'tv-hero', offerId: 'tv', channel: 'web' }],
      })),
    );
  });

  test('brings all that was found of every candidate, probabilities too, and not what is presented', async () => {
    const [told] = toldBy(await publish(recordsOf(made(0, ['tv', 'fibre']))));
    const candidates = accountOf(told).placements.flatMap((placement) => placement.candidates);
    expect(candidates.map(({ treatmentId }) => treatmentId).sort()).toEqual(['fibre-hero', 'tv-hero']);
    expect(candidates.map(({ outcome }) => outcome?.probability).sort()).toEqual([0, 1]);
    expect(candidates.flatMap(({ withheld }) => withheld ?? [])).toEqual([{ reason: 'outranked' }]);
    expect(candidates.flatMap(({ content }) => content ?? [])).toEqual([]);
  });

  test('tells a decision that is too large for an entry placement by placement, and no entry is above 256 KB', async () => {
    const large = largeDecision();
    const bus = await publish(recordsOf(large));
    const told = toldBy(bus);
    expect(told.map(({ decisionId }) => decisionId)).toEqual(large.placements.map(() => large.decisionId));
    expect(told.flatMap((each) => accountOf(each).placements.map(({ placementId }) => placementId))).toEqual(
      large.placements.map(({ placementId }) => placementId),
    );
    expect(told.map(({ treatments }) => treatments.length)).toEqual(large.placements.map(() => 1));
    for (const { detail } of bus.entries) expect(Buffer.byteLength(detail)).toBeLessThan(256 * 1024);
  });

  test('becomes as many events as 64 KB each demand, and loses none', async () => {
    const decisions = Array.from({ length: 200 }, (_, index) => made(index));
    const bus = await publish(decisions.flatMap((decision) => recordsOf(decision)));
    expect(bus.entries.length).toBeGreaterThan(1);
    for (const { detail } of bus.entries) expect(Buffer.byteLength(detail)).toBeLessThanOrEqual(largestDetailBytes);
    expect(toldBy(bus).map(({ decisionId }) => decisionId)).toEqual(decisions.map(({ decisionId }) => decisionId));
  });

  test('of nothing publishes nothing', async () => {
    expect((await publish([])).entries).toEqual([]);
  });

  test('that the bus does not take is a fault: it comes again', async () => {
    const bus = new FakeBus();
    bus.isDown = true;
    await expect(publish(recordsOf(made(0)), bus)).rejects.toThrow(BusUnavailableError);
  });

  test.each([
    ['can’t be inflated', Uint8Array.of(0, 7)],
    ['names an unknown dictionary', Uint8Array.of(99)],
    ['is empty', Uint8Array.of()],
  ])('with a record that %s is a fault and publishes nothing', async (_, record) => {
    const bus = new FakeBus();
    await expect(publish([...recordsOf(made(0)), recordOf(record)], bus)).rejects.toThrow(UnexpectedShapeError);
    expect(bus.entries).toEqual([]);
  });
});

test('an item that is no decision is not of its event', () => {
  const [record] = recordsOf(made(0));
  const other = {
    ...record,
    dynamodb: { NewImage: { ...record?.dynamodb.NewImage, sk: { S: 'disposition:d-1:tv:clicked' } } },
  };
  expect(streamBatch(DecisionRecord).safeParse({ Records: [other] }).success).toBe(false);
});
