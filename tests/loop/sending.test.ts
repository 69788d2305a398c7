import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { dynamoContacts } from '#adapters/campaigns-table/dynamo-contacts.ts';
import { dynamoSendingRuns } from '#adapters/campaigns-table/dynamo-sending-runs.ts';
import type { DecisionAnswer } from '#domain/decision/decision-answer.ts';
import { localTarget, outputOf } from '#scripts/target/target.ts';
import { campaignContact } from '#support/builders/campaign-contact.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

const Outbox = z.object({
  messages: z.array(
    z.object({
      providerId: z.string(),
      channel: z.string(),
      to: z.string(),
      subject: z.string(),
      text: z.string(),
      html: z.string(),
      headers: z.record(z.string(), z.string()),
      tags: z.record(z.string(), z.string()),
    }),
  ),
});

let cloud: TestCloud;
let contacts: ReturnType<typeof dynamoContacts>;
let runs: ReturnType<typeof dynamoSendingRuns>;
const people = ['ada', 'bob', 'cyd', 'dan'];
const customerIds = new Map<string, string>();

beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-10T11:00:00Z');
  const target = localTarget(cloud.info);
  const client = new DynamoDBClient(target.client);
  contacts = dynamoContacts(client, outputOf(target, 'CampaignsTableName'));
  runs = dynamoSendingRuns(client, outputOf(target, 'CampaignsTableName'));
  await save('offer-groups/cross-sell', { name: 'Cross-sell' });
  const value = { amountMinor: 4000, currency: 'EUR' };
  await save('offers/tv', { name: 'Sport & more', group: 'cross-sell', value, state: 'live' });
  await save('placements/email/newsletter', { touchpoint: 'email', channel: 'email', direction: 'outbound' });
  await save('treatments/tv-email', {
    offerId: 'tv',
    channel: 'email',
    placements: ['email/newsletter'],
    content: {
      subject: 'For you, {{ customer.first_name }}',
      html: '<p>{{ offer.name }}</p><a href="{{ "https://shop.example/tv" | link }}">See</a> <a href="{{ links.unsubscribe }}">No more</a>',
    },
    state: 'live',
  });
  for (const userId of people) {
    const traits = { first_name: userId, email: `${userId}@example.com` };
    await cloud.call('POST', '/v1/identify', { json: { userId, traits, messageId: `i-${userId}` } });
    await cloud.call('PUT', `/v1/customers/user_id:${userId}/consents`, { json: { marketing: true } });
  }
  await cloud.settle();
  for (const userId of people) {
    const { body } = await admin('GET', `/v1/customers/user_id:${userId}`);
    customerIds.set(userId, z.looseObject({ customerId: z.string() }).parse(body).customerId);
  }
});
afterAll(() => cloud.stop());

const admin = (method: string, path: string, json?: object, headers: Record<string, string> = {}) =>
  cloud.call(method, path, { key: cloud.info.adminKey, headers, ...(json === undefined ? {} : { json }) });

async function save(path: string, item: object) {
  const { status, body } = await admin('PUT', `/v1/${path}`, item, { 'if-none-match': '*' });
  expect([status, body]).toEqual([201, expect.anything()]);
}

/** Lets a run of its own send somebody the mail that was decided for them. */
async function due(runId: string, userId: string) {
  const asked = { customer: `user_id:${userId}`, placements: ['email/newsletter'] };
  const { decisionId } = (await admin('POST', '/v1/decisions', asked)).body as DecisionAnswer;
  const customerId = customerIds.get(userId) ?? '';
  const { choice } = campaignContact(userId);
  if (choice === undefined) throw new Error('A contact has a choice');
  const contact = campaignContact(customerId, { runId, choice: { ...choice, decisionId } });
  await contacts.add(runId, 0, [{ ...contact, dueAtMs: await cloud.now() }]);
  await runs.release({ runId, campaignId: 'spring', channels: ['email'] });
  return decisionId;
}

async function minute() {
  await cloud.advance('PT1M');
  await cloud.settle();
}

async function local(path: string, body?: object): Promise<unknown> {
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${cloud.info.url}/_local/${path}`, sent);
  expect(response.status).toBe(200);
  return response.json();
}

const outbox = async (query = '') => Outbox.parse(await local(`outbox${query}`)).messages;
const stateOf = async (runId: string, userId: string) =>
  contacts.find({ runId, chunk: 0, customerId: customerIds.get(userId) ?? '' });
async function dispositions(userId: string) {
  const { body } = await admin('GET', `/v1/customers/user_id:${userId}/timeline?include=properties`);
  return [...JSON.stringify(body).matchAll(/disposition:[^"]*:(\w+)"/g)].map(([, said]) => said);
}

test('a mail that is due goes out with its way back, and what its reader does comes back', async () => {
  const decisionId = await due('run-1', 'ada');
  await minute();
  const [mail] = await outbox('?channel=email&customer=ada@example.com');
  expect(mail).toMatchObject({
    subject: 'For you, ada',
    headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    tags: { decision_id: decisionId, customer_id: customerIds.get('ada') },
  });
  expect(mail?.text).toContain('Sport & more');
  expect(mail?.html).toContain(`decision_id=${decisionId}`);
  expect(await stateOf('run-1', 'ada')).toMatchObject({ state: 'contacted', providerId: mail?.providerId });

  await cloud.advance('PT10M');
  await local('outbox/acts', { providerId: mail?.providerId, act: 'Open' });
  await local('outbox/acts', { providerId: mail?.providerId, act: 'Click', userAgent: 'Barracuda Sentinel (EE)' });
  await cloud.settle();
  expect(await dispositions('ada')).toEqual(['presented']);
});

test('to look at the page of its link changes nothing, and one POST without key and cookie is a no', async () => {
  const [mail] = await outbox('?customer=ada@example.com');
  const url = /<(.*)>/.exec(mail?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
  expect(url.startsWith(`${cloud.info.url}/v1/unsubscribe/`)).toBe(true);
  const page = await fetch(url);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form method="post">')]);
  await cloud.settle();
  await due('run-2', 'ada');
  await minute();
  expect((await stateOf('run-2', 'ada'))?.state).toBe('contacted');

  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const posted = await fetch(url, { method: 'POST', headers, body: 'List-Unsubscribe=One-Click' });
  expect(posted.status).toBe(200);
  await cloud.settle();
  await due('run-3', 'ada');
  await minute();
  expect(await stateOf('run-3', 'ada')).toMatchObject({ state: 'excluded', reason: 'consent_refused' });
  expect(await dispositions('ada')).toContain('unsubscribed');
  expect((await fetch(`${url}x`)).status).toBe(404);
});

test('the stop switch holds all back until it is let go', async () => {
  const { body } = await admin('PUT', '/v1/sending', { stopped: true });
  expect(body).toMatchObject({ stopped: true });
  await due('run-4', 'bob');
  await minute();
  expect((await stateOf('run-4', 'bob'))?.state).toBe('pending');
  expect(await outbox('?customer=bob@example.com')).toEqual([]);
  await admin('PUT', '/v1/sending', { stopped: false });
  expect((await admin('GET', '/v1/sending')).body).toMatchObject({ stopped: false });
  await minute();
  expect((await stateOf('run-4', 'bob'))?.state).toBe('contacted');
});

test('an address that bounces for good is written to no more', async () => {
  await due('run-5', 'cyd');
  await minute();
  const [mail] = await outbox('?customer=cyd@example.com');
  await local('outbox/acts', { providerId: mail?.providerId, act: 'Bounce', bounceType: 'Permanent' });
  await cloud.settle();
  await due('run-6', 'cyd');
  await minute();
  expect(await stateOf('run-6', 'cyd')).toMatchObject({ state: 'excluded', reason: 'address_bounced' });
});

test('seeded customers answer the outbox, the same way each time', async () => {
  const everybody = { seed: 7, opens: 1, clicks: 1, scanners: 0, hardBounces: 0, softBounces: 0, complaints: 0 };
  await due('run-7', 'dan');
  await minute();
  await cloud.advance('PT10M');
  expect(await local('outbox/customers', everybody)).toMatchObject({ acts: 2 * (await outbox()).length });
  await cloud.settle();
  expect((await dispositions('dan')).sort()).toEqual(['clicked', 'presented']);
});

test('a test has every token filled, and leaves no trace but the mail', async () => {
  const tried = { treatmentId: 'tv-email', customer: 'user_id:bob', to: 'me@example.com' };
  const before = await dispositions('bob');
  const { status, body } = await admin('POST', '/v1/test-sends', tried);
  expect([status, body]).toMatchObject([
    200,
    { status: 'sent', carrier: 'email', message: { subject: 'For you, bob' } },
  ]);
  const [mail] = await outbox('?customer=me@example.com');
  await cloud.advance('PT10M');
  await local('outbox/acts', { providerId: mail?.providerId, act: 'Open' });
  await cloud.settle();
  expect(await dispositions('bob')).toEqual(before);
  const unknown = await admin('POST', '/v1/test-sends', { ...tried, treatmentId: 'none' });
  expect(unknown.status).toBe(404);
});
