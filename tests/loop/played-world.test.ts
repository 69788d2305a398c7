import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { exampleQueries } from '#contracts/lake/example-queries.ts';
import { dayMs } from '#domain/calendar/days.ts';
import { storedModels } from '#scripts/models/stored-models.ts';
import { localTarget } from '#scripts/target/target.ts';
import { type LivedCounts, liveThrough } from '#scripts/world/live-through.ts';
import { loadCatalogue } from '#scripts/world/load-catalogue.ts';
import { playHistory } from '#scripts/world/play-history.ts';
import { seededWorld } from '#scripts/world/seeded-world.ts';
import { showTour } from '#scripts/world/tour.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';
import { sizeOf } from '#support/size-of.ts';

const examples = exampleQueries.filter((_, index) => index % sizeOf({ part: 5, whole: 1 }) === 0);
/** What does not happen in this world: refused events and links, unknown decisions, events that name a channel, carts. */
const notInIt = [
  'rejected_interactions',
  'identity_links',
  'dispositions',
  'v_customers.channels',
  'v_customers.event_days',
];
const days = 8;
const [endMs, seed] = [Date.now(), 3];
const startMs = endMs - days * dayMs;
const events = seededWorld({ seed, customers: 12, days, endMs });

let cloud: TestCloud;
let lived: LivedCounts;
const progress: LivedCounts[] = [];
beforeAll(async () => {
  cloud = await startTestCloud('--now', new Date(startMs).toISOString());
  await loadCatalogue(cloud.info);
  lived = await liveThrough({ events, startMs, days, seed }, cloud.info, (counts) => progress.push(counts));
});
afterAll(() => cloud?.stop());

test('a world is lived through until now, and progress ends when it is', async () => {
  expect(lived).toMatchObject({ day: days, rejected: 0 });
  expect(progress.map(({ day }) => day)).toEqual([2, 4, 6, 8]);
  expect(progress.at(-1)).toEqual(lived);
  expect(Math.abs((await cloud.now()) - Date.now())).toBeLessThan(60_000);
});

test('what was shown and what came of it is in the views, as it was told', async () => {
  const [performance] = await cloud.query(
    'SELECT sum(decisions) AS shown, sum(presented) AS presented, sum(accepted) AS accepted FROM v_treatment_performance',
  );
  expect(lived.shown).toBeGreaterThan(10);
  expect(performance).toEqual({
    shown: String(lived.shown),
    presented: String(lived.shown),
    accepted: String(lived.yes),
  });
  const [pressure] = await cloud.query(
    'SELECT sum(contacts) AS contacts, count(DISTINCT day) AS days FROM v_contact_pressure',
  );
  expect(pressure?.contacts).toBe(String(lived.shown));
  expect(Number(pressure?.days)).toBeGreaterThan(2);
});

test(`${examples.length} of ${exampleQueries.length} examples of the dictionary find something in it`, async () => {
  const found = examples.filter(({ of }) => !notInIt.includes(of));
  for (const { of, sql } of found) expect([of, (await cloud.query(sql)).length]).not.toEqual([of, 0]);
});

test('models have learned from it, of silence too', async () => {
  const models = await storedModels(localTarget(cloud.info));
  const responses = [...models].filter(([name]) => name.startsWith('treatment#')).map(([, record]) => record.responses);
  // Two days of silence are a no; only what was shown last may still be open.
  const before = progress.at(-2)?.shown ?? Number.NaN;
  expect(before).toBeGreaterThan(lived.shown / 3);
  expect(responses.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(before);
});

test('the tour shows what came of it beside the truth', async () => {
  const said = vi.spyOn(console, 'table').mockImplementation(() => {});
  await showTour(cloud.info, events);
  const tables = said.mock.calls.map(([table]) => table);
  said.mockRestore();
  expect(tables).toHaveLength(4);
  expect(tables[2]).toContainEqual(
    expect.objectContaining({ treatment_id: 'tv-hero', expected: expect.any(String), 'true rate': 0.18 }),
  );
});

test('a log of the past is told of part by part, each when it has come through', async () => {
  const log = seededWorld({ seed: 9, customers: 1, days: 90, endMs: startMs }).slice(0, 20);
  const told: number[] = [];
  const played = await playHistory(log, cloud.info, ({ accepted }) => told.push(accepted));
  expect([played, told]).toEqual([{ accepted: log.length, rejected: 0 }, [log.length]]);
});
