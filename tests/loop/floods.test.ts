import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamoCredentialRegister } from '#adapters/credentials-table/dynamo-credential-register.ts';
import type { Credential } from '#domain/credential/credential.ts';
import { localTarget, outputOf } from '#scripts/target/target.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  // At noon a test's requests are all of one day.
  cloud = await startTestCloud('--now', '2026-03-10T12:00:00Z');
});
afterAll(() => cloud.stop());

/** The key of a new credential that is held to something. */
async function keyHeldTo(allowance: Pick<Credential, 'trust' | 'eventsPerSecond' | 'eventsPerDay'>): Promise<string> {
  const target = localTarget(cloud.info);
  const client = new DynamoDBClient(target.client);
  const register = dynamoCredentialRegister(client, outputOf(target, 'CredentialsTableName'));
  const parts = { name: 'held', touchpoint: 'web', scopes: ['collect', 'decide'], ...allowance } as const;
  const { key } = await register.make({ ...parts, scopes: [...parts.scopes] }, new Date(await cloud.now()));
  client.destroy();
  return key;
}

const codeOf = (body: unknown) => (body as { error?: { code?: string } }).error?.code;
const batchOf = (events: number) => ({
  batch: Array.from({ length: events }, () => ({ type: 'track', anonymousId: 'a', event: 'Seen' })),
});

test('a key that sends faster than it may is told when to come again, and others are not held back', async () => {
  const key = await keyHeldTo({ trust: 'public', eventsPerSecond: 1 });
  expect((await cloud.call('POST', '/v1/batch', { key, json: batchOf(500) })).status).toBe(200);
  for (const [path, json] of [
    ['/v1/batch', batchOf(1)],
    ['/v1/track', { anonymousId: 'a', event: 'Seen' }],
  ] as const) {
    const { status, body, headers } = await cloud.call('POST', path, { key, json });
    expect([status, codeOf(body)]).toEqual([429, 'rate_exceeded']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(300);
    expect((await cloud.call('POST', path, { json })).status).toBe(200);
  }
  await cloud.advance('PT10M');
  expect((await cloud.call('POST', '/v1/batch', { key, json: batchOf(1) })).status).toBe(200);
});

test('a quota is one for all routes together, and ends with the day', async () => {
  const key = await keyHeldTo({ trust: 'server', eventsPerDay: 3 });
  const routes = [
    ['POST', '/v1/track', { anonymousId: 'a', event: 'Seen' }],
    ['PUT', '/v1/customers/anonymous_id:a/consents', { marketing: false }],
    ['POST', '/v1/dispositions', { decisionId: crypto.randomUUID(), treatmentId: 't', disposition: 'clicked' }],
    ['POST', '/v1/decisions', { customer: 'anonymous_id:a', placements: ['web/none'] }],
  ] as const;
  const statuses: number[] = [];
  for (const [method, path, json] of routes.slice(0, 3)) {
    statuses.push((await cloud.call(method, path, { key, json })).status);
  }
  expect(statuses).toEqual([200, 202, 200]);
  // A function that asks for the first time is told at once; one that has let something through, after it did so once more.
  const [method, path, json] = routes[3];
  expect((await cloud.call(method, path, { key, json })).status).toBe(429);
  for (const [method, path, json] of routes) {
    await cloud.call(method, path, { key, json });
    const { status, body, headers } = await cloud.call(method, path, { key, json });
    expect([path, status, codeOf(body)]).toEqual([path, 429, 'quota_exceeded']);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(43_200);
  }
  await cloud.advance('P1D');
  expect((await cloud.call('POST', '/v1/track', { key, json: routes[0][2] })).status).toBe(200);
});

test('a flood of wrong keys on one route leaves room for decisions, and for known keys on other routes', async () => {
  const flooded = await startTestCloud('--throttle');
  try {
    const wrong = { key: 'wrong', json: { anonymousId: 'a', event: 'Seen' } };
    const statuses = new Set<number>();
    // A burst of 600 and what comes in meanwhile: sent until it is used up.
    while (!statuses.has(429)) {
      const answers = await Promise.all(Array.from({ length: 400 }, () => flooded.call('POST', '/v1/track', wrong)));
      for (const { status } of answers) statuses.add(status);
    }
    expect([...statuses].sort()).toEqual([401, 429]);
    const question = { key: flooded.info.adminKey, json: { customer: 'anonymous_id:a', placements: ['web/none'] } };
    expect(codeOf((await flooded.call('POST', '/v1/decisions', question)).body)).toBe('unknown_placement');
    expect((await flooded.call('POST', '/v1/batch', { json: batchOf(1) })).status).toBe(200);
  } finally {
    await flooded.stop();
  }
});

test('the script of credentials makes and lists what a key may send, and for whom it speaks', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'lemniscate-cloud-')), 'cloud.json');
  writeFileSync(file, JSON.stringify(cloud.info));
  const run = async (...args: readonly string[]) => {
    const env = { ...process.env, LEMNISCATE_CLOUD_FILE: file };
    return (await promisify(execFile)(process.execPath, ['scripts/credentials/main.ts', ...args], { env })).stdout;
  };
  const parts = [
    '--name',
    'desk',
    '--touchpoint',
    'call-centre',
    '--scopes',
    'collect,decide',
    '--touchpoints',
    'web,app',
  ];
  const made = await run('make', ...parts, '--rate', '70', '--quota', '1');
  const listed = (await run('list')).split('\n').find((line) => line.includes('desk'));
  expect(listed).toMatch(/'call-centre'.*'web app'.*'collect decide'.*'server'.*70.*1/);
  const key = /^key +(\S+)/m.exec(made)?.[1] ?? '';
  const json = { anonymousId: 'a', event: 'Seen' };
  const statuses = [];
  for (let sent = 0; sent < 2; sent++) statuses.push((await cloud.call('POST', '/v1/track', { key, json })).status);
  expect(statuses).toEqual([200, 429]);
  await expect(run('make', ...parts, '--rate', '0')).rejects.toThrow();
});
