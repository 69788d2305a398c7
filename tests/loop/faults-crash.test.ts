import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { FaultPlanInput } from '#infra/local/faults/fault-plan.ts';
import { comeToRest } from '#scripts/simulate/come-to-rest.ts';
import { type SimulatedCloud, startSimulatedCloud } from '#scripts/simulate/simulated-cloud.ts';
import { type Message, stubbornClient } from '#scripts/simulate/stubborn-client.ts';
import { audit } from '#support/auditors/audit.ts';

type Rule = FaultPlanInput['rules'][number];

const start = () => startSimulatedCloud(inject('assembly'), Date.parse('2026-03-10T12:00:00Z'));
let shared: SimulatedCloud;
beforeAll(async () => {
  shared = await start();
});
afterAll(() => shared.cloud.stop());

/** One request of three customers: an order told twice and given back in part, a page, a profile, and an event that is refused. */
function scenario(idPrefix: string): Message[] {
  let number = 0;
  const message = (userId: string | undefined, over: object): Message => ({
    ...(userId === undefined ? {} : { userId: idPrefix + userId }),
    messageId: `${idPrefix}${++number}`,
    timestamp: `2026-03-10T10:0${number}:00.000Z`,
    ...over,
  });
  const money = { order_id: `${idPrefix}order`, currency: 'EUR' };
  const order = { type: 'track', event: 'Order Completed', properties: { ...money, revenue: 19.99 } };
  return [
    message('ada', order),
    message('ada', { ...order, context: { touchpoint: 'store' } }),
    message('ada', { type: 'track', event: 'Order Refunded', properties: { ...money, total: 5 } }),
    message('bilal', { type: 'page', name: 'Home', context: { campaign: { name: 'autumn' } } }),
    message('carla', { type: 'identify', traits: { plan: 'max', email: 'carla@example.com' } }),
    message(undefined, { type: 'track', event: 'Product Viewed' }),
  ];
}

/** Plays the scenario under a plan, lets the cloud recover, and gives what was injected and what the auditors found. */
async function play({ cloud, target, writeKey, register }: SimulatedCloud, idPrefix: string, rules: Rule[]) {
  const client = stubbornClient(cloud.url, writeKey);
  cloud.faults.set({ seed: 1, rules });
  await client.send(scenario(idPrefix));
  await cloud.settle();
  const { injected } = cloud.faults.report();
  await comeToRest(cloud, target);
  await client.sendLeft();
  await comeToRest(cloud, target);
  return { injected: injected.length, findings: await audit({ target, idPrefix, sent: client.sent() }, register) };
}

/** Every call of the scenario in a cloud that is cold: its service, operation, function and its number among its like. */
async function recordedCalls(): Promise<Rule[]> {
  const cold = await start();
  const seen = new Map<string, number>();
  const calls: Rule[] = [];
  cold.cloud.faults.listen(({ service, operation, functionName, invocation }) => {
    const name = `${service} ${operation} ${functionName}`;
    const skip = seen.get(name) ?? 0;
    seen.set(name, skip + 1);
    const isOfFunction = invocation !== undefined || operation === 'Invoke';
    const effect = isOfFunction ? 'crash-before' : 'time-out-before';
    calls.push({ service, operation, effect, skip, count: 1, ...(functionName ? { function: functionName } : {}) });
  });
  const client = stubbornClient(cold.cloud.url, cold.writeKey);
  await client.send(scenario('recorded-'));
  await cold.cloud.settle();
  await cold.cloud.stop();
  return calls;
}

test('loses nothing and counts nothing twice when it crashes before or after any single call', async () => {
  const calls = await recordedCalls();
  expect(calls.length).toBeGreaterThan(25);
  const points = calls.flatMap((rule): Rule[] => [
    rule,
    { ...rule, effect: rule.effect === 'crash-before' ? 'crash-after' : 'time-out-after' },
  ]);
  const failures: object[] = [];
  let fresh = 0;
  for (const [index, rule] of points.entries()) {
    let outcome = await play(shared, `crash-${index}-`, [rule]);
    if (outcome.injected === 0) {
      // A call that only a cold cloud makes.
      fresh += 1;
      const cold = await start();
      outcome = await play(cold, `cold-${index}-`, [rule]);
      await cold.cloud.stop();
    }
    if (outcome.findings.length > 0) failures.push({ rule, findings: outcome.findings });
  }
  console.log(`Crashed at ${points.length} points, ${fresh} of them in a cold cloud`);
  expect(failures).toEqual([]);
}, 400_000);
