import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { saved } from '#support/builders/catalogue-items.ts';
import { type CampaignWorld, campaignWorld, people } from '#support/campaign-world.ts';

/** What an offer of each of ten campaigns is worth: two are worth the same. */
const worths = [500, 900, 100, 700, 300, 900, 200, 800, 400, 600];
const campaignIdOf = (index: number) => `campaign-${index}`;

const items = (most: number) => [
  saved('placements', { limit: 1 }),
  saved('offer-groups'),
  ...worths.flatMap((amountMinor, index) => [
    saved('offers', { offerId: `o${index}`, value: { amountMinor, currency: 'EUR' } }),
    saved('treatments', { treatmentId: `t${index}`, offerId: `o${index}` }),
  ]),
  saved('contact-policies', { caps: [{ per: 'total', most, windowDays: 7 }] }),
  // Nobody explores: what a campaign expects of a customer is what its offer is worth.
  saved('strategies', { champion: { name: 'plain', arbitration: { exploration: 'mean' } } }),
];

/** Campaign `index` wants those customers whose number leaves a remainder below its own part. */
const audienceOf = (index: number) => people(12).filter((_, customer) => (customer + index) % 3 !== 0);

async function startAll(world: CampaignWorld, order: readonly number[]): Promise<Map<number, string>> {
  const runs = new Map<number, string>();
  for (const index of order) {
    runs.set(index, await world.start({ campaignId: campaignIdOf(index), treatments: [`t${index}`] }));
  }
  return runs;
}

/** The campaigns that a customer should be left with: those that are worth most, of equal ones the first by id. */
function bestFor(customer: string, order: readonly number[], most: number): string[] {
  return order
    .filter((index) => audienceOf(index).includes(customer))
    .toSorted((a, b) => (worths[b] ?? 0) - (worths[a] ?? 0) || (campaignIdOf(a) < campaignIdOf(b) ? -1 : 1))
    .slice(0, most)
    .map((index) => `t${index}`)
    .sort();
}

describe('of campaigns that want one customer', () => {
  const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 4 });

  test('those that expect most get them, as many as a cap allows, in whatever order they choose', async () => {
    await fc.assert(
      fc.asyncProperty(
        order,
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 3 }),
        async (starts, draws, most) => {
          const world = campaignWorld(items(most));
          const runs = await startAll(world, starts);
          const steps = [...runs].flatMap(([index, runId]) => [
            [index, () => world.choose(runId, audienceOf(index))] as const,
            [index, () => world.contact(runId)] as const,
          ]);
          // Each campaign's steps in their order, one of any campaign at a time.
          while (steps.length > 0) {
            const [index] = steps[(draws.next().value ?? 0) % steps.length] ?? [0];
            const at = steps.findIndex(([each]) => each === index);
            await steps.splice(at, 1)[0]?.[1]();
          }
          for (const customer of people(12)) {
            const outcomes = await Promise.all([...runs.values()].map((runId) => world.outcomes(runId)));
            const waiting = outcomes.flatMap((found) => (found[customer]?.startsWith('t') ? [found[customer]] : []));
            expect(waiting.sort()).toEqual(bestFor(customer, starts, most));
            expect(world.decisions.contactsOf(customer)).toHaveLength(waiting.length);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test('the losers know that they were outbid', async () => {
    const world = campaignWorld(items(1));
    const runs = await startAll(world, [2, 1]);
    for (const [index, runId] of runs) {
      await world.choose(runId, audienceOf(index));
      await world.contact(runId);
    }
    const [loser, winner] = await Promise.all([...runs.values()].map((runId) => world.outcomes(runId)));
    const both = Object.keys(winner ?? {}).filter((customer) => loser?.[customer] !== undefined);
    expect(both.length).toBeGreaterThan(2);
    for (const customer of both) expect([winner?.[customer], loser?.[customer]]).toEqual(['t1', 'outbid']);
  });

  test('one that sends already is outbid no more', async () => {
    const world = campaignWorld(items(1));
    const runs = await startAll(world, [2, 1]);
    const [early, late] = [...runs.values()];
    if (early === undefined || late === undefined) throw new Error('no runs');
    await world.choose(early, audienceOf(2));
    await world.contact(early);
    await world.release(early);
    world.pass(60_000);
    expect(await world.release(early)).toMatchObject({ isReleased: true });
    await world.choose(late, audienceOf(1));
    await world.contact(late);
    const shared = audienceOf(2).filter((customer) => audienceOf(1).includes(customer));
    const found = await world.outcomes(late);
    expect(shared.map((customer) => found[customer])).toEqual(shared.map(() => 'contact_cap'));
  });
});

describe('a run that has chosen', () => {
  test('waits for those that were choosing, then some seconds more, and for none that came later', async () => {
    const world = campaignWorld(items(1));
    const runs = await startAll(world, [1, 2]);
    const [one, other] = [...runs.values()];
    if (one === undefined || other === undefined) throw new Error('no runs');
    await world.choose(one, audienceOf(1));
    await world.choose(other, audienceOf(2));
    await world.contact(one);
    expect(await world.release(one)).toEqual({ isReleased: false, waitSeconds: 5 });
    world.pass(1);
    const [later] = (await startAll(world, [3])).values();
    await world.choose(later ?? '', audienceOf(3));
    await world.contact(other);
    await world.release(other);
    expect(await world.release(one)).toEqual({ isReleased: false, waitSeconds: 10 });
    world.pass(10_000);
    expect(await world.release(one)).toMatchObject({ isReleased: true });
    expect(await world.deps.sendingRuns.open()).toEqual([{ runId: one, campaignId: 'campaign-1', channels: ['web'] }]);
  });

  test('waits a quarter of an hour at most', async () => {
    const world = campaignWorld(items(1));
    const runs = await startAll(world, [1, 2]);
    const [one, other] = [...runs.values()];
    await world.choose(other ?? '', audienceOf(2));
    await world.choose(one ?? '', audienceOf(1));
    await world.release(one ?? '');
    world.pass(15 * 60_000);
    expect(await world.release(one ?? '')).toEqual({ isReleased: false, waitSeconds: 10 });
  });
});
