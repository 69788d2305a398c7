import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import type { FaultPlanInput } from '#local-cloud/faults/fault-plan.ts';
import { startLocalProcess } from '#scripts/run/local-process.ts';
import { localTarget } from '#scripts/target/target.ts';
import { stubbornClient } from '#simulate/stubborn-client.ts';
import { audit } from '#support/auditors/audit.ts';
import { openProfileRegister } from '#support/auditors/profile-register.ts';
import { referenceScenario } from '#support/builders/reference-scenario.ts';

const state = mkdtempSync(join(tmpdir(), 'lemniscate-killed-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));

const start = (place = state) =>
  startLocalProcess([
    '--port',
    '0',
    '--assembly',
    inject('assembly'),
    '--state',
    place,
    '--now',
    '2026-03-10T12:00:00Z',
  ]);
const post = (url: string, path: string, body: object = {}) =>
  fetch(`${url}/_local/${path}`, { method: 'POST', body: JSON.stringify(body) });

type Rule = FaultPlanInput['rules'][number];

test.each<[string, Rule]>([
  ['while it takes a request', { service: 'events', operation: 'PutEvents', effect: 'kill-before' }],
  [
    'between two deliveries of a request',
    { service: 'firehose', operation: 'PutRecord', effect: 'kill-after', skip: 1 },
  ],
  ['before a profile is written', { service: 'dynamodb', operation: 'PutItem', effect: 'kill-before' }],
  ['after a profile is written', { service: 'dynamodb', operation: 'PutItem', effect: 'kill-after' }],
  ['before queue messages are deleted', { service: 'sqs', operation: 'DeleteMessageBatch', effect: 'kill-before' }],
  ['after an object is put into the lake', { service: 's3', operation: 'PutObject', effect: 'kill-after' }],
])('nothing is lost when the whole cloud is killed %s and starts again', async (name, rule) => {
  const idPrefix = `kill-${name.replaceAll(' ', '-')}-`;
  const killed = await start();
  const client = stubbornClient(killed.info.url, killed.info.serverKey);
  await post(killed.info.url, 'faults', { seed: 1, rules: [rule] });
  await client.send(referenceScenario(idPrefix));
  await post(killed.info.url, 'settle').catch(() => undefined);
  await killed.ended;

  const again = await start();
  try {
    const later = stubbornClient(again.info.url, again.info.serverKey);
    const left = client.sent().filter(({ answer }) => answer === 'unanswered');
    if (left.length > 0) await later.send(left.map(({ message }) => message));
    await post(again.info.url, 'settle');
    await post(again.info.url, 'clock', { advance: 'PT5M' });
    await post(again.info.url, 'settle');
    const sent = [...client.sent().filter(({ answer }) => answer !== 'unanswered'), ...later.sent()];
    const target = localTarget(again.info);
    expect(sent).toHaveLength(6);
    expect(await audit({ target, idPrefix, sent }, await openProfileRegister(target))).toEqual([]);
  } finally {
    await again.stop();
  }
});

test('what it keeps is for the eyes of its owner', async () => {
  const place = join(state, 'private');
  const { stop } = await start(place);
  await stop();
  const open = [place, 'keys.json', 'clock.json', 'dynamodb/items.sqlite'].filter(
    (name) => (statSync(resolve(place, name)).mode & 0o077) !== 0,
  );
  expect(open).toEqual([]);
});
