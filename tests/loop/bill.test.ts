import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMeter, resetMeter, type Usage } from '#scripts/bill/meter-client.ts';
import { billOf, costOf } from '#scripts/bill/price-usage.ts';
import { priceOf } from '#scripts/prices/us-east-1.ts';
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

/** Calls and amount of a count, over all its callers or of one. */
function count(service: string, operation: string, unit: Usage['unit'], caller?: string) {
  const own = usage.filter(
    (one) =>
      one.service === service &&
      one.operation === operation &&
      one.unit === unit &&
      (caller === undefined || one.caller === caller),
  );
  return [own.reduce((sum, { calls }) => sum + calls, 0), own.reduce((sum, { amount }) => sum + amount, 0)];
}

test.each<[string, string, string, Usage['unit'], number, number, string?]>([
  ['a request to the API', 'apigateway', 'POST /v1/batch', 'requests', 1, 1],
  ['the other', 'apigateway', 'POST /v1/track', 'requests', 1, 1],
  [
    'a look at the credential, which is remembered',
    'dynamodb',
    'GetItem',
    'read-request-units',
    1,
    0.5,
    'collect-interactions',
  ],
  ['a put of 1 KB for each, with an order too', 'dynamodb', 'PutItem', 'write-request-units', 3, 3, 'update-profile'],
  ['a record of 5 KB for each request', 'firehose', 'PutRecord', 'ingested-bytes', 2, 2 * 5120],
  ['a file for each time that all was settled', 's3', 'PutObject', 'put-class-requests', 2, 2],
  ['the key, asked once', 'secretsmanager', 'GetSecretValue', 'requests', 1, 1],
  ['a delete for each batch of messages', 'sqs', 'DeleteMessageBatch', 'requests', 2, 2, 'update-profile'],
])('%s is metered: %s %s, %s', (_, service, operation, unit, calls, amount, caller) => {
  expect(count(service, operation, unit, caller)).toEqual([calls, amount]);
});

test('looks at three customers are metered at half price, those of a request in one call and at the pointer of each, two of which may be asked at once', () => {
  const [calls = 0, amount] = count('dynamodb', 'BatchGetItem', 'read-request-units', 'update-profile');
  // A look at records that never moved would add to these. Each of the three is new, and somebody may have linked it already.
  expect(amount).toBe(4.5);
  expect([4, 5]).toContain(calls);
});

test('an entry on the bus is one event for each request, and one for the changes of each batch', () => {
  const of = (caller: string) =>
    usage.find((one) => one.service === 'events' && one.unit === 'event-chunks' && one.caller === caller)?.amount;
  expect([of('collect-interactions'), of('publish-customer-changes')]).toEqual([2, 2]);
});

test('every function’s invocations are counted and timed, without logs of Lambda’s own and traces', () => {
  const invoked = usage.filter(({ service, unit }) => service === 'lambda' && unit === 'requests');
  expect(Object.fromEntries(invoked.map(({ caller, amount }) => [caller, amount]))).toMatchObject({
    'collect-interactions': 2,
    'land-events': 2,
    'publish-customer-changes': 2,
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
  const counted = new Set(usage.map(({ service, unit }) => `${service} ${unit}`));
  expect(lines.map(({ service, unit }) => `${service} ${unit}`).sort()).toEqual([...counted].sort());
  for (const { service, unit, amount, usd } of lines) {
    const counts = usage.filter((one) => one.service === service && one.unit === unit);
    const ofFive = counts.reduce((sum, one) => sum + one.amount, 0);
    const price = priceOf(service, unit);
    expect([service, unit, amount]).toEqual([service, unit, expect.closeTo(ofFive * 200_000, 3)]);
    expect([service, unit, usd]).toEqual([
      service,
      unit,
      expect.closeTo((ofFive * 200_000 * price.usd) / price.per, 6),
    ]);
  }
  expect(costOf(usage, load)).toBeCloseTo(
    lines.reduce((sum, { usd }) => sum + usd, 0),
    9,
  );
  const taken = lines.find(({ service }) => service === 'apigateway');
  // 2 requests for 5 events are 0.4 million for a million, at 1 USD a million.
  expect(taken?.usd).toBeCloseTo(0.4);
});
