import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WorldEvent } from '#scripts/world/event.ts';
import { play } from '#scripts/world/play.ts';
import { readPurchaseLog } from '#scripts/world/purchase-log.ts';
import { gather } from '#shared/gather.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';
import { sharedData } from '#support/shared-data.ts';

const sample = sharedData('cdnow/CDNOW_sample.txt');
const stream = sharedData('segment_events/cdnow_order_completed.ndjson.gz');

interface Total {
  readonly orders: number;
  readonly cents: number;
}

/** Orders and cents per user id, added up from the events themselves. */
function totalsOf(events: readonly WorldEvent[]): Map<string, Total> {
  const totals = new Map<string, Total>();
  for (const { message } of events) {
    const properties = message.properties as { revenue: number };
    const { orders, cents } = totals.get(String(message.userId)) ?? { orders: 0, cents: 0 };
    totals.set(String(message.userId), { orders: orders + 1, cents: cents + Math.round(properties.revenue * 100) });
  }
  return totals;
}

const added = (totals: Iterable<Total>): Total =>
  [...totals].reduce((sum, { orders, cents }) => ({ orders: sum.orders + orders, cents: sum.cents + cents }), {
    orders: 0,
    cents: 0,
  });

/** What the live table says of each user, asked through the API. */
async function profileTotals(cloud: TestCloud, userIds: readonly string[]) {
  const read = await gather(userIds, 8, async (userId) => {
    const { body } = await cloud.call('GET', `/v1/customers/user_id:${userId}`, { key: cloud.info.adminKey });
    const { customerId, purchases } = body as {
      customerId: string;
      purchases: { orders: number; revenueMinor: number }[];
    };
    const [{ orders, revenueMinor } = { orders: 0, revenueMinor: 0 }] = purchases;
    return { userId, customerId, total: { orders, cents: revenueMinor } };
  });
  return read;
}

/** What Athena says of each customer id. */
async function lakeTotals(cloud: TestCloud): Promise<Map<string | null, Total>> {
  const rows = await cloud.query(
    `SELECT customer_id, count(DISTINCT order_id) AS orders, sum(revenue_minor) AS cents
     FROM v_interactions WHERE event = 'Order Completed' GROUP BY customer_id`,
  );
  return new Map(
    rows.map(({ customer_id, orders, cents }) => [
      customer_id ?? null,
      { orders: Number(orders), cents: Number(cents) },
    ]),
  );
}

async function expectExact(cloud: TestCloud, expected: Map<string, Total>) {
  const profiles = await profileTotals(cloud, [...expected.keys()]);
  const lake = await lakeTotals(cloud);
  expect(lake.size).toBe(expected.size);
  const differences = profiles.filter(({ userId, customerId, total }) => {
    const wanted = expected.get(userId);
    const landed = lake.get(customerId);
    return [total, landed].some((found) => found?.orders !== wanted?.orders || found?.cents !== wanted?.cents);
  });
  expect(differences).toEqual([]);
  expect(added(profiles.map(({ total }) => total))).toEqual(added(expected.values()));
}

describe.skipIf(sample.missing)(sample.missing || 'the CDNOW sample', () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  afterAll(() => cloud.stop());

  test('is in profiles and lake within 60 s, exact per customer and in total, and playing it again changes nothing', async () => {
    const events = readPurchaseLog(sample.file);
    const expected = totalsOf(events);
    const stage = { url: cloud.info.url, keyOf: () => cloud.info.writeKey };
    const startedAt = performance.now();
    const { accepted, rejected } = await play(events, stage, () => {});
    await cloud.settle();
    const seconds = (performance.now() - startedAt) / 1000;
    console.log(`CDNOW sample: ${accepted} purchases of ${expected.size} customers in ${seconds.toFixed(1)} s`);

    expect({ accepted, rejected, customers: expected.size }).toEqual({ accepted: 6919, rejected: 0, customers: 2357 });
    expect(added(expected.values())).toEqual({ orders: 6919, cents: 24_409_194 });
    expect(seconds).toBeLessThan(60);
    await expectExact(cloud, expected);

    await play(events.slice(0, 1000), stage, () => {});
    await cloud.settle();
    await expectExact(cloud, expected);
  }, 240_000);
});

describe.skipIf(stream.missing)(stream.missing || 'the Segment event stream of CDNOW', () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  afterAll(() => cloud.stop());

  test('is exact per customer and in total for its first tenth, or all of it when LEMNISCATE_WHOLE_STREAM is set', async () => {
    const lines = gunzipSync(readFileSync(stream.file)).toString('utf8').trim().split('\n');
    expect(lines).toHaveLength(69_659);
    const played = process.env.LEMNISCATE_WHOLE_STREAM ? lines : lines.slice(0, 6966);
    const events = played.map((line): WorldEvent => ({ touchpoint: 'web', message: JSON.parse(line) }));
    const expected = totalsOf(events);
    const startedAt = performance.now();
    const { accepted, rejected } = await play(
      events,
      { url: cloud.info.url, keyOf: () => cloud.info.writeKey },
      () => {},
    );
    await cloud.settle();
    console.log(
      `Segment stream: ${accepted} events of ${expected.size} customers in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
    );
    expect({ accepted, rejected }).toEqual({ accepted: played.length, rejected: 0 });
    await expectExact(cloud, expected);
  }, 900_000);
});
