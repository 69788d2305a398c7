import { rmSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { dynamoMemberships } from '#adapters/customers-table/dynamo-memberships.ts';
import { localTarget } from '#scripts/target/target.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';
import { subscribedAssembly, subscriberQueue } from '#support/subscribed-assembly.ts';

const assembly = subscribedAssembly(inject('assembly'), ['SegmentEntered', 'SegmentExited']);
let cloud: TestCloud;
let sqs: SQSClient;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  cloud = await startTestCloud('--assembly', assembly, '--now', '2026-03-01T12:00:00Z');
  const { client } = localTarget(cloud.info);
  sqs = new SQSClient(client);
  dynamodb = new DynamoDBClient(client);
  await define('buyers', 'count_since("Order Completed", 7) > 0');
  await define('gold', 'profile.traits.plan == "gold"');
  await define('lapsed-gold', 'in_segment("gold") && !in_segment("buyers")');
});
afterAll(async () => {
  await cloud.stop();
  rmSync(assembly, { recursive: true, force: true });
});

async function define(segmentId: string, rule: string) {
  const { status, body } = await cloud.call('PUT', `/v1/segments/${segmentId}`, {
    key: cloud.info.adminKey,
    headers: { 'if-none-match': '*' },
    json: { segmentId, name: segmentId, rule },
  });
  expect([status, body]).toEqual([201, expect.anything()]);
}

const send = (type: string, json: object) => cloud.call('POST', `/v1/${type}`, { json: { userId: 'ada', ...json } });

/** What the bus has told since it was asked last, in the order of ids, with repeats. */
async function told(): Promise<{ id: string; customerId: string; occurredAt: string; what: string }[]> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: subscriberQueue }));
  const events: { id: string; customerId: string; occurredAt: string; what: string }[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return events.sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const { Body = '', ReceiptHandle } of Messages) {
      const { 'detail-type': type, detail } = JSON.parse(Body);
      const { id, customerId, occurredAt, segmentId } = detail;
      events.push({ id, customerId, occurredAt, what: `${type} ${segmentId}` });
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

const whatOf = (events: Awaited<ReturnType<typeof told>>) => events.map(({ what }) => what);

/** When an event happened, by the cloud's time. */
const timeOf = (event: { occurredAt: string } | undefined) => Date.parse(event?.occurredAt ?? '');

let customerId = '';

test('an event brings a customer into a segment before the cloud has settled', async () => {
  const sentMs = await cloud.now();
  await send('track', { event: 'Order Completed', messageId: 'm1', properties: { revenue: 5, currency: 'EUR' } });
  await cloud.settle();
  const events = await told();
  expect(whatOf(events)).toEqual(['SegmentEntered buyers']);
  expect(timeOf(events[0])).toBeGreaterThanOrEqual(sentMs);
  expect(timeOf(events[0])).toBeLessThanOrEqual(await cloud.now());
  customerId = events[0]?.customerId ?? '';
});

test('the same event again, and one that changes no segment, tell nothing', async () => {
  await send('track', { event: 'Order Completed', messageId: 'm1', properties: { revenue: 5, currency: 'EUR' } });
  await send('page', { name: 'Home', messageId: 'm2' });
  await cloud.settle();
  expect(await told()).toEqual([]);
});

test('a trait brings a customer in, and its next value out', async () => {
  await send('identify', { traits: { plan: 'gold' }, messageId: 'm3' });
  await cloud.settle();
  expect(whatOf(await told())).toEqual(['SegmentEntered gold']);
  await send('identify', { traits: { plan: 'silver' }, messageId: 'm4' });
  await cloud.settle();
  expect(whatOf(await told())).toEqual(['SegmentExited gold']);
  await send('identify', { traits: { plan: 'gold' }, messageId: 'm5' });
  await cloud.settle();
  expect(whatOf(await told())).toEqual(['SegmentEntered gold']);
});

test('time takes a customer out, and into a segment that waits for it, at the first look after midnight', async () => {
  // Time goes on while the tests run, on a busy machine for minutes.
  await cloud.advance('P6DT11H30M');
  await cloud.settle();
  expect(await told()).toEqual([]);
  await cloud.advance('PT30M');
  await cloud.settle();
  const events = await told();
  expect(whatOf(events).sort()).toEqual(['SegmentEntered lapsed-gold', 'SegmentExited buyers']);
  for (const event of events) {
    expect(timeOf(event)).toBeGreaterThanOrEqual(Date.parse('2026-03-08T00:00:00Z'));
    expect(timeOf(event)).toBeLessThanOrEqual(await cloud.now());
  }
});

test('who is due and was not told of is told of at the next midnight', async () => {
  const [table, dueMs] = [cloud.info.outputs.CustomersTableName ?? '', Date.parse('2026-03-07T00:00:00Z')];
  const memberships = dynamoMemberships(dynamodb, table);
  const stored = await memberships.load(customerId);
  expect([...stored.members].sort()).toEqual(['gold', 'lapsed-gold']);
  // As if nobody had looked since the customer was a buyer, and the midnight's run had failed.
  const missed = { ...stored, members: new Set(['buyers', 'gold']) };
  expect(await memberships.save(stored, { ...missed, nextChangeMs: dueMs }, Date.parse('2026-03-01T12:00:00Z'))).toBe(
    'saved',
  );
  await cloud.settle();
  expect(whatOf(await told()).sort()).toEqual(['SegmentEntered buyers', 'SegmentExited lapsed-gold']);
  await cloud.advance('P1D');
  await cloud.settle();
  expect(whatOf(await told()).sort()).toEqual(['SegmentEntered lapsed-gold', 'SegmentExited buyers']);
});
