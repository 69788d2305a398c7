import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyOfItem } from '#domain/catalogue/catalogue.ts';
import type { DecisionAnswer } from '#domain/decision/decision-answer.ts';
import type { ArmPlaces } from '#domain/strategy/arm-places.ts';
import { builders, smallCatalogue } from '#support/builders/catalogue-items.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-02T12:00:00Z');
  for (const item of smallCatalogue().filter(({ kind }) =>
    ['placements', 'offer-groups', 'offers', 'treatments'].includes(kind),
  )) {
    await put(keyOfItem(item), item.item);
  }
});
afterAll(() => cloud.stop());

const key = () => cloud.info.adminKey;

async function put(path: string, json: object) {
  const now = await cloud.call('GET', `/v1/${path}`, { key: key() });
  const etag = now.headers.get('etag');
  const headers: Record<string, string> = etag === null ? { 'if-none-match': '*' } : { 'if-match': etag };
  const { status, body } = await cloud.call('PUT', `/v1/${path}`, { key: key(), json, headers });
  expect([status < 300, body]).toEqual([true, body]);
}

/** Puts the strategy, and waits until functions ask whether the catalogue changed. */
async function deal(holdoutShare: number, shares: Record<string, number>) {
  const challengers = Object.entries(shares).map(([name, share]) => ({ name, share }));
  await put('strategies/everywhere', builders.strategies({ holdoutShare, challengers, salt: 'example-salt' }));
  await cloud.advance('PT31S');
}

async function armOf(customer: string, over: object = {}): Promise<string> {
  const json = { customer, placements: ['web/home-hero'], explain: true, ...over };
  const { status, body } = await cloud.call('POST', '/v1/decisions', { key: key(), json });
  expect(status).toBe(200);
  return (body as DecisionAnswer).explanation?.placements[0]?.arm ?? '';
}

const armsOf = async (customers: readonly string[], over: object = {}) =>
  new Map(await Promise.all(customers.map(async (customer) => [customer, await armOf(customer, over)] as const)));

const movesBetween = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) =>
  new Set([...before].flatMap(([who, arm]) => (arm === after.get(who) ? [] : [`${arm} → ${after.get(who)}`])));

const crowd = Array.from({ length: 120 }, (_, index) => `user_id:crowd-${index}`);

test('raises a share from the champion’s customers, lowers it to them, and the holdout keeps its members', async () => {
  await deal(0.1, { a: 0.1, b: 0.2 });
  const first = await armsOf(crowd, { preview: true });
  expect(new Set(first.values())).toEqual(new Set(['holdout', 'a', 'b', 'champion']));
  await deal(0.1, { a: 0.4, b: 0.2 });
  const raised = await armsOf(crowd, { preview: true });
  expect(movesBetween(first, raised)).toEqual(new Set(['champion → a']));
  await deal(0.1, { b: 0.2, a: 0.1 });
  expect(await armsOf(crowd, { preview: true })).toEqual(first);
});

test('keeps a known customer’s arm when browsers that are older are linked, exposed before or not', async () => {
  await deal(0.3, { a: 0.3 });
  const people = Array.from({ length: 40 }, (_, index) => `known-${index}`);
  const events = (make: (userId: string) => object) => people.map(make);
  const send = async (batch: object[]) => {
    expect((await cloud.call('POST', '/v1/batch', { key: key(), json: { batch } })).status).toBe(200);
    await cloud.settle();
  };
  await send(events((userId) => ({ type: 'page', userId, timestamp: '2026-03-01T10:00:00Z' })));
  await send(events((id) => ({ type: 'page', anonymousId: `old-${id}`, timestamp: '2026-01-01T10:00:00Z' })));
  for (const id of people.slice(0, 20)) await armOf(`anonymous_id:old-${id}`);
  await cloud.advance('PT1M');
  const users = people.map((id) => `user_id:${id}`);
  const before = await armsOf(users);
  expect(new Set(before.values())).toEqual(new Set(['holdout', 'a', 'champion']));

  await send(
    events((userId) => ({ type: 'identify', userId, anonymousId: `old-${userId}`, timestamp: '2026-03-02T10:00:00Z' })),
  );
  expect(await armsOf(users)).toEqual(before);
  const byBrowser = await armsOf(people.map((id) => `anonymous_id:old-${id}`));
  expect([...byBrowser.values()]).toEqual([...before.values()]);
});

test('is dealt in Athena as it was decided, by the statement in docs/experiments.md', async () => {
  await cloud.settle();
  const { body } = await cloud.call('GET', '/v1/strategies', { key: key() });
  const [strategy] = (body as { items: { places: ArmPlaces[] }[] }).items;
  const rows = (strategy?.places ?? []).flatMap(({ arm, spans }) =>
    spans.map(([from, to]) => `('${arm}', ${from}, ${to})`),
  );
  const [, sql = ''] = /```sql\n(.*?)```/s.exec(readFileSync('docs/experiments.md', 'utf8')) ?? [];
  const asked = sql.replace(/VALUES .*\n/, `VALUES ${rows.join(', ')}\n`);
  expect(asked).not.toBe(sql);
  const [answer] = await cloud.query(asked);
  expect(Number(answer?.decisions)).toBeGreaterThanOrEqual(100);
  expect(answer?.wrong).toBe('0');
});
