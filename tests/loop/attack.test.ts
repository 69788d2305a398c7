import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { attack } from '#attack/attack.ts';
import { attackNames } from '#attack/random-attack.ts';
import { type SimulatedCloud, startSimulatedCloud } from '#simulate/simulated-cloud.ts';

let simulated: SimulatedCloud;
beforeAll(async () => {
  simulated = await startSimulatedCloud(inject('assembly'), Date.parse('2026-03-10T12:00:00Z'));
});
afterAll(() => simulated.cloud.stop());

test('nobody changes of 40 customers what is theirs or the firm’s with a public key, by 600 requests of every kind', async () => {
  const { answers, found } = await attack(simulated, { customers: 40, requests: 600, seed: 1 });
  expect(found).toEqual([]);
  expect(Object.keys(answers)).toEqual(attackNames.toSorted());
  const statuses = new Set(Object.values(answers).flatMap((each) => Object.keys(each).map(Number)));
  expect([...statuses].filter((status) => status >= 500)).toEqual([]);
});
