import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { FaultPlanInput } from '#local-cloud/faults/fault-plan.ts';
import { comeToRest } from '#simulate/come-to-rest.ts';
import { type SimulatedCloud, startSimulatedCloud } from '#simulate/simulated-cloud.ts';
import { stubbornClient } from '#simulate/stubborn-client.ts';
import { audit } from '#support/auditors/audit.ts';
import type { SentMessage } from '#support/auditors/audited-run.ts';
import { referenceScenario } from '#support/builders/reference-scenario.ts';
import { sizeOf } from '#support/size-of.ts';

type Rule = FaultPlanInput['rules'][number];

/** Of this many points one is looked at. It is odd, so that there are crashes before calls and after. */
const everyNth = sizeOf({ part: 5, whole: 1 });

const start = () => startSimulatedCloud(inject('assembly'), Date.parse('2026-03-10T12:00:00Z'));
let warm: SimulatedCloud;
beforeAll(async () => {
  warm = await start();
});
afterAll(() => warm.cloud.stop());

/** Plays the scenario while one call goes wrong, and lets the cloud recover. */
async function playWith(rule: Rule, idPrefix: string, { cloud, target, serverKey }: SimulatedCloud) {
  const client = stubbornClient(cloud.url, serverKey);
  cloud.faults.set({ seed: 1, rules: [rule] });
  await client.send(referenceScenario(idPrefix));
  await cloud.settle();
  const injected = cloud.faults.report().injected.length;
  await comeToRest(cloud, target);
  return { injected, sent: client.sent() };
}

/** Every call of the scenario in a cold cloud: its service, operation, function and its number among its like. */
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
  await stubbornClient(cold.cloud.url, cold.serverKey).send(referenceScenario('recorded-'));
  await cold.cloud.settle();
  await cold.cloud.stop();
  return calls;
}

test(`loses nothing and counts nothing twice when it crashes before or after any single call: one in ${everyNth} of them`, async () => {
  const calls = await recordedCalls();
  expect(calls.length).toBeGreaterThan(25);
  const points = calls
    .flatMap((rule): Rule[] => [
      rule,
      { ...rule, effect: rule.effect === 'crash-before' ? 'crash-after' : 'time-out-after' },
    ])
    .filter((_, index) => index % everyNth === 0);
  const sent: SentMessage[] = [];
  const findings: object[] = [];
  let cold = 0;
  for (const [index, rule] of points.entries()) {
    const outcome = await playWith(rule, `crash-${index}-`, warm);
    sent.push(...outcome.sent);
    if (outcome.injected > 0) continue;
    // A call that only a cold cloud makes.
    cold += 1;
    const fresh = await start();
    const again = await playWith(rule, `cold-${index}-`, fresh);
    findings.push(...(await audit({ target: fresh.target, idPrefix: 'cold-', sent: again.sent }, fresh.register)));
    await fresh.cloud.stop();
  }
  findings.push(...(await audit({ target: warm.target, idPrefix: 'crash-', sent }, warm.register)));
  console.log(`Crashed at ${points.length} points, ${cold} of them in a cold cloud`);
  expect(findings).toEqual([]);
  expect(sent.every(({ answer }) => answer !== 'unanswered')).toBe(true);
}, 1_800_000);
