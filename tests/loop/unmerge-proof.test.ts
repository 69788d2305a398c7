import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pointerKey } from '#adapters/identity-items.ts';
import { localTarget } from '#scripts/target.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

const worlds = Array.from({ length: Number(process.env.LEMNISCATE_UNMERGE_WORLDS ?? 8) }, (_, index) => index + 1);

let cloud: TestCloud;
let cloudFile: string;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-01T12:00:00Z');
  cloudFile = join(mkdtempSync(join(tmpdir(), 'lemniscate-test-')), 'cloud.json');
  writeFileSync(cloudFile, JSON.stringify(cloud.info));
});
afterAll(() => cloud.stop());

type Event = Readonly<Record<string, unknown>>;

/** Things that a signed-in customer and a browser do, each alone: ids begin with the name of the world. */
function life(random: Random, world: string, phase: string, count: number): Event[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `${world}-${phase}-${index}`;
    const who = random.next() < 0.5 ? { userId: `${world}-user` } : { anonymousId: `${world}-browser` };
    const timestamp = new Date(Date.UTC(2026, 1, 1 + random.below(27), random.below(24))).toISOString();
    return random.next() < 0.5
      ? purchase(id, timestamp, who, random)
      : { type: 'page', messageId: id, timestamp, name: random.pick(['Home', 'Cart']), ...who };
  });
}

function purchase(messageId: string, timestamp: string, who: object, random: Random): Event {
  const products = [{ product_id: random.pick(['p1', 'p2', 'p3']), category: random.pick(['books', 'games']) }];
  const properties = { order_id: messageId, revenue: 1 + random.below(100), currency: 'EUR', products };
  return { type: 'track', event: 'Order Completed', messageId, timestamp, properties, ...who };
}

/** A signed-in visit, with the browser's id in the world where the two are merged, without it in the other. */
function visit(world: string, phase: string, day: number): Event {
  return {
    type: 'identify',
    messageId: `${world}-${phase}-visit`,
    timestamp: `2026-02-${String(day).padStart(2, '0')}T09:30:00.000Z`,
    userId: `${world}-user`,
    traits: { plan: phase },
    ...(world.startsWith('merged') ? { anonymousId: `${world}-browser` } : {}),
  };
}

async function send(events: readonly Event[]): Promise<void> {
  for (let at = 0; at < events.length; at += 50) {
    await cloud.call('POST', '/v1/batch', { json: { batch: events.slice(at, at + 50) } });
  }
  await cloud.settle();
}

const get = async (path: string) =>
  (await cloud.call('GET', `/v1/customers/${path}`, { key: cloud.info.adminKey })).body;

/** All that the API tells of both customers of a world, as text, the world's own name and customer ids taken out. */
async function tells(world: string): Promise<string> {
  const names = [`user_id:${world}-user`, `anonymous_id:${world}-browser`];
  const told = await Promise.all(names.flatMap((name) => [get(name), get(`${name}/timeline?limit=200`)]));
  const ids = new Map<string, string>();
  return JSON.stringify(told, (key, value) => {
    // A cursor holds a message id, encoded.
    if (key === 'nextCursor') return value !== null;
    if (key !== 'customerId') return value;
    ids.set(value, ids.get(value) ?? `customer ${ids.size + 1}`);
    return ids.get(value);
  }).replaceAll(world, 'world');
}

test('an unmerge gives what would be if the merge had never happened, whatever came before, between and after', async () => {
  const phases = (random: Random, world: string) => ({
    before: life(random, world, 'before', 3 + random.below(8)),
    between: life(random, world, 'between', random.below(8)),
    after: life(random, world, 'after', random.below(8)),
    days: [1 + random.below(27), 1 + random.below(27)] as const,
  });
  const pairs = worlds.map((seed) =>
    ['merged', 'never'].map((kind) => {
      const world = `${kind}${seed}`;
      return { world, ...phases(randomOf(seed), world) };
    }),
  );
  const all = pairs.flat();
  await send(all.flatMap(({ before }) => before));
  await send(all.flatMap(({ world, between, days }) => [visit(world, 'link', days[0]), ...between]));
  for (const [merged, never] of pairs) {
    expect(await tells(merged?.world ?? '')).not.toBe(await tells(never?.world ?? ''));
  }
  for (const [merged] of pairs) {
    const path = `/v1/customers/user_id:${merged?.world}-user/unmerge`;
    const json = { identifier: `anonymous_id:${merged?.world}-browser` };
    const { status, body } = await cloud.call('POST', path, { key: cloud.info.adminKey, json });
    expect([status, body]).toMatchObject([200, { changed: true }]);
  }
  for (const [merged, never] of pairs) expect(await tells(merged?.world ?? '')).toBe(await tells(never?.world ?? ''));
  await send(all.flatMap(({ world, after, days }) => [...after, visit(world, 'again', days[1])]));
  for (const [merged, never] of pairs) expect(await tells(merged?.world ?? '')).toBe(await tells(never?.world ?? ''));

  const inLake = (kind: string) =>
    cloud.query(
      `SELECT n, cents, count(*) AS customers FROM (
         SELECT customer_id, count(*) AS n, sum(revenue_minor) AS cents FROM v_interactions WHERE message_id LIKE '${kind}%' GROUP BY customer_id
       ) AS customers GROUP BY n, cents ORDER BY n, cents`,
    );
  expect(await inLake('merged')).toEqual(await inLake('never'));
}, 240_000);

test('rebuild folds the lake’s links and requests to the same customers, names what was tampered with, and mends it', async () => {
  const run = async (...args: string[]) => {
    const env = { ...process.env, LEMNISCATE_CLOUD_FILE: cloudFile };
    const ended = await promisify(execFile)(process.execPath, ['scripts/rebuild.ts', ...args], { env }).catch(Object);
    return String(ended.stdout) + String(ended.stderr);
  };
  expect(await run()).toContain(`${2 * worlds.length} linked identifiers compared, 0 differ`);
  const { customerId } = (await get('user_id:merged1-user')) as { customerId: string };
  const client = new DynamoDBClient(localTarget(cloud.info).client);
  const { pk, sk } = pointerKey(customerId);
  const TableName = cloud.info.outputs.CustomersTableName;
  await client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } } }));
  client.destroy();
  expect(await run()).toMatch(new RegExp(`${customerId} has a pointer that is not its cluster’s\\n.*, 1 differ`, 's'));
  await run('--repair');
  expect(await run()).toContain('linked identifiers compared, 0 differ');
}, 120_000);
