import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMeter, resetMeter, type Usage } from '#scripts/bill/meter-client.ts';
import { billOf } from '#scripts/bill/price-usage.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
let usage: readonly Usage[];

const seen = (userId: string, messageId: string, event = 'Product Viewed', properties: object = {}) => ({
  type: 'track',
  userId,
  messageId,
  event,
  timestamp: '2026-03-01T11:00:00.000Z',
  properties,
});

// Two requests: four events of two customers in one batch, one of them an order; then one event of a third, alone.
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-01T12:00:00Z');
  await resetMeter(cloud.info.url);
  const order = { order_id: 'o1', revenue: 10, currency: 'EUR' };
  const batch = [seen('ada', 'm1'), seen('ada', 'm2'), seen('bob', 'm3'), seen('bob', 'm4', 'Order Completed', order)];
  await cloud.call('POST', '/v1/batch', { json: { batch } });
  await cloud.settle();
  await cloud.call('POST', '/v1/track', { json: seen('cid', 'm5') });
  await cloud.settle();
  ({ usage } = await readMeter(cloud.info.url));
});
afterAll(() => cloud.stop());

/** Calls and amount of a count, over all its callers. */
function count(service: string, operation: string, unit: Usage['unit']) {
  const own = usage.filter((one) => one.service === service && one.operation === operation && one.unit === unit);
  return [own.reduce((sum, { calls }) => sum + calls, 0), own.reduce((sum, { amount }) => sum + amount, 0)];
}

test.each<[string, string, string, Usage['unit'], number, number]>([
  ['a request to the API', 'apigateway', 'POST /v1/batch', 'requests', 1, 1],
  ['the other', 'apigateway', 'POST /v1/track', 'requests', 1, 1],
  ['one look at the credential, then it is remembered', 'dynamodb', 'GetItem', 'read-request-units', 1, 0.5],
  ['a message for each customer of a request', 'sqs', 'SendMessage', 'requests', 3, 3],
  ['a record of 5 KB for each', 'firehose', 'PutRecord', 'ingested-bytes', 3, 3 * 5120],
  ['a file for each time that all was settled', 's3', 'PutObject', 'put-class-requests', 2, 2],
  ['the key, asked once', 'secretsmanager', 'GetSecretValue', 'requests', 1, 1],
  ['a delete for each batch of messages', 'sqs', 'DeleteMessageBatch', 'requests', 2, 2],
])('%s is metered: %s %s, %s', (_, service, operation, unit, calls, amount) => {
  expect(count(service, operation, unit)).toEqual([calls, amount]);
});

test('a customer’s update is one put of 1 KB, with an order too', () => {
  expect(count('dynamodb', 'BatchGetItem', 'read-request-units')).toEqual([3, 2 + 3 + 2]);
  expect(count('dynamodb', 'PutItem', 'write-request-units')).toEqual([3, 3]);
});

test('an entry on the bus is one event for each customer of a request, and one for the changes of each batch', () => {
  const of = (caller: string) =>
    usage.find((one) => one.service === 'events' && one.unit === 'event-chunks' && one.caller === caller)?.amount;
  expect([of('collect-interactions'), of('publish-profile-changes')]).toEqual([3, 2]);
});

test('every function’s invocations are counted and timed, without logs of Lambda’s own and traces', () => {
  const invoked = usage.filter(({ service, unit }) => service === 'lambda' && unit === 'requests');
  expect(Object.fromEntries(invoked.map(({ caller, amount }) => [caller, amount]))).toEqual({
    'collect-interactions': 2,
    'land-interactions': 2,
    'publish-profile-changes': 2,
    'update-profile': 2,
  });
  const seconds = usage.filter(({ unit }) => unit === 'gb-seconds').map(({ amount }) => amount);
  expect(seconds.every((amount) => amount > 0)).toBe(true);
  expect(count('logs', 'SystemLog', 'ingested-bytes')[0]).toBe(0);
  expect(usage.filter(({ service }) => service === 'xray')).toEqual([]);
  expect(count('logs', 'AccessLog', 'ingested-bytes')[0]).toBe(2);
});

test('every count has a price, and a bill of a million events is the sum of units times price', () => {
  const load = { name: 'test', events: 5, eventsARequest: 4, eventsACustomer: 2, rate: 1 };
  const lines = billOf(usage, load);
  const written = lines.find(({ unit }) => unit === 'write-request-units');
  // 3 units for 5 events are 0.6 million for a million, at 0.625 USD a million.
  expect(written?.usd).toBeCloseTo(0.375);
});
