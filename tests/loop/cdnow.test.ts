import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromAttributes } from '#adapters/customers-table/persona-items.ts';
import { readIdentityKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import { readProfile } from '#domain/profile/read-profile.ts';
import { decodeState } from '#domain/profile/state-codec.ts';
import { localTarget } from '#scripts/target/target.ts';
import type { WorldEvent } from '#scripts/world/event.ts';
import { play } from '#scripts/world/play.ts';
import { readPurchaseLog } from '#scripts/world/purchase-log.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';
import { sharedData } from '#support/shared-data.ts';
import { sizeOf } from '#support/size-of.ts';

const sample = sharedData('cdnow/CDNOW_sample.txt');
const stream = sharedData('segment_events/cdnow_order_completed.ndjson.gz');
/** Of the stream. */
const mostEvents = sizeOf({ part: 3500, whole: 69_659 });

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

/** What the live table says of each customer id, read item by item. */
async function tableTotals(cloud: TestCloud): Promise<Map<string, Total>> {
  const totals = new Map<string, Total>();
  const client = new DynamoDBClient(localTarget(cloud.info).client);
  const TableName = cloud.info.outputs.CustomersTableName ?? '';
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
    for (const item of Items.map(fromAttributes).filter(({ sk }) => sk.startsWith('persona#'))) {
      const [{ orders, revenueMinor } = { orders: 0, revenueMinor: 0 }] = readProfile(
        decodeState(item.record),
        new Date(),
      ).purchases;
      totals.set(item.pk.slice('customer#'.length), { orders, cents: revenueMinor });
    }
  }
  return totals;
}

/** The key that this cloud derives customer ids with. */
async function identityKeyIn(cloud: TestCloud) {
  const client = new SecretsManagerClient(localTarget(cloud.info).client);
  return readIdentityKey(client, cloud.info.outputs.IdentityKeySecretArn ?? '');
}

/** What Athena says of each customer id. */
async function lakeTotals(cloud: TestCloud): Promise<Map<string, Total>> {
  const rows = await cloud.query(
    `SELECT customer_id, count(DISTINCT order_id) AS orders, sum(revenue_minor) AS cents
     FROM v_interactions WHERE event = 'Order Completed' GROUP BY customer_id`,
  );
  return new Map(
    rows.map(({ customer_id, orders, cents }) => [customer_id ?? '', { orders: Number(orders), cents: Number(cents) }]),
  );
}

async function expectExact(cloud: TestCloud, expected: Map<string, Total>) {
  const [table, lake, key] = await Promise.all([tableTotals(cloud), lakeTotals(cloud), identityKeyIn(cloud)]);
  const wanted = new Map([...expected].map(([userId, total]) => [key.personaId('user_id', userId), total]));
  expect(added(table.values())).toEqual(added(expected.values()));
  expect(sorted(table)).toEqual(sorted(wanted));
  expect(sorted(lake)).toEqual(sorted(wanted));
}

const sorted = (totals: Map<string, Total>) => [...totals].sort(([a], [b]) => (a < b ? -1 : 1));

describe.skipIf(sample.missing)(sample.missing || 'the CDNOW sample', () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  afterAll(() => cloud.stop());

  test('is in profiles and lake within 60 s of a processor, exact per customer and in total, and playing it again changes nothing', async () => {
    const events = readPurchaseLog(sample.file);
    const expected = totalsOf(events);
    const stage = { url: cloud.info.url, keyOf: () => cloud.info.serverKey };
    // What the cloud computes, not what a busy machine makes it wait.
    const before = await cloud.cpuSeconds();
    const { accepted, rejected } = await play(events, stage, () => {});
    await cloud.settle();
    const seconds = (await cloud.cpuSeconds()) - before;
    console.log(`CDNOW sample: ${accepted} purchases of ${expected.size} customers in ${seconds} s of a processor`);

    expect({ accepted, rejected, customers: expected.size }).toEqual({ accepted: 6919, rejected: 0, customers: 2357 });
    expect(added(expected.values())).toEqual({ orders: 6919, cents: 24_409_194 });
    expect(seconds).toBeLessThan(60);
    await expectExact(cloud, expected);

    const { body } = await cloud.call('GET', '/v1/customers/user_id:00004', { key: cloud.info.adminKey });
    expect(body).toMatchObject({
      purchases: [{ currency: 'USD', orders: 4, revenueMinor: 10_050, firstAt: '1997-01-01T12:00:00.000Z' }],
    });

    await play(events.slice(0, 1000), stage, () => {});
    await cloud.settle();
    await expectExact(cloud, expected);
  });
});

describe.skipIf(stream.missing)(stream.missing || 'the Segment event stream of CDNOW', () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  afterAll(() => cloud.stop());

  test(`is exact per customer and in total for its first ${mostEvents} events`, async () => {
    const lines = gunzipSync(readFileSync(stream.file)).toString('utf8').trim().split('\n');
    expect(lines).toHaveLength(69_659);
    const played = lines.slice(0, mostEvents);
    const events = played.map((line): WorldEvent => ({ touchpoint: 'web', message: JSON.parse(line) }));
    const expected = totalsOf(events);
    const before = await cloud.cpuSeconds();
    const { accepted, rejected } = await play(
      events,
      { url: cloud.info.url, keyOf: () => cloud.info.serverKey },
      () => {},
    );
    await cloud.settle();
    console.log(
      `Segment stream: ${accepted} events of ${expected.size} customers in ${(await cloud.cpuSeconds()) - before} s of a processor`,
    );
    expect({ accepted, rejected }).toEqual({ accepted: played.length, rejected: 0 });
    await expectExact(cloud, expected);
  }, 900_000);
});
