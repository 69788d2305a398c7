import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { OrderRecord } from '#domain/profile/order-record.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { encodeState } from '#domain/profile/state-codec.ts';
import { livePersonas } from '#scripts/rebuild/live-personas.ts';
import { readPurchaseLog } from '#scripts/world/purchase-log.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';
import { comeToRest, redriveAll } from '#simulate/come-to-rest.ts';
import { allFaults } from '#simulate/random-faults.ts';
import { letRetries } from '#simulate/run-seed.ts';
import { type SimulatedCloud, startSimulatedCloud } from '#simulate/simulated-cloud.ts';
import { type Message, stubbornClient } from '#simulate/stubborn-client.ts';
import { audit } from '#support/auditors/audit.ts';
import { messagesByPersona } from '#support/auditors/messages-by-persona.ts';
import { sharedData } from '#support/shared-data.ts';
import { sizeOf } from '#support/size-of.ts';
import { withoutArrivals } from '#support/without-arrivals.ts';

const [seeds, purchases] = sizeOf({ part: [1, 150], whole: [4, 1000] });
const days = 30;
const faultProbability = 0.05;

const sample = sharedData('cdnow/CDNOW_sample.txt');

/** The purchases with ids of their own, so that seeds can share a cloud. */
function purchasesOf(idPrefix: string): Message[] {
  return readPurchaseLog(sample.file)
    .slice(0, purchases)
    .map(({ message }) => ({
      ...message,
      messageId: idPrefix + message.messageId,
      userId: `${idPrefix}${message.userId}`,
      properties: { ...Object(message.properties), order_id: idPrefix + message.messageId },
    }));
}

/** Each message one to five times, over the days in any order. */
function sendings(messages: readonly Message[], random: Random): Message[][] {
  const byDay = Array.from({ length: days }, (): Message[] => []);
  for (const message of messages) {
    for (let times = 1 + random.below(5); times > 0; times--) byDay[random.below(days)]?.push(message);
  }
  return byDay.map((all) => {
    const ranked = all.map((message) => ({ message, rank: random.next() }));
    return ranked.sort((a, b) => a.rank - b.rank).map(({ message }) => message);
  });
}

/** Plays the purchases; gives what the auditors found and each customer's state as it is stored, by user id. */
async function play(idPrefix: string, seed: number | undefined, simulated: SimulatedCloud) {
  const { cloud, target, serverKey, register } = simulated;
  const client = stubbornClient(cloud.url, serverKey);
  const messages = purchasesOf(idPrefix);
  if (seed !== undefined) cloud.faults.set(allFaults(seed, faultProbability));
  for (const sent of seed === undefined ? [messages] : sendings(messages, randomOf(seed))) {
    for (let start = 0; start < sent.length; start += 25) await client.send(sent.slice(start, start + 25));
    await letRetries(cloud, target);
    // Dead letters are kept for two weeks.
    await redriveAll(cloud, target);
    await cloud.advance('P1D');
    await register.read();
  }
  const injected = cloud.faults.report().injected;
  cloud.faults.clear();
  await client.sendLeft();
  await comeToRest(cloud, target);
  const run = { target, idPrefix, sent: client.sent() };
  const live = await livePersonas(target);
  const states = [...(await messagesByPersona(run, run.sent))].map(([personaId, [first]]) => {
    const state = live.get(personaId);
    const text = state === undefined ? 'none' : encodeState(comparable(state)).replaceAll(idPrefix, '');
    return `${String(first?.userId).slice(idPrefix.length)} ${text}`;
  });
  return { findings: await audit(run, register), states: states.sort(), injected };
}

describe.skipIf(sample.missing)(sample.missing || 'the CDNOW sample', () => {
  let simulated: SimulatedCloud;
  let expected: readonly string[];
  beforeAll(async () => {
    simulated = await startSimulatedCloud(inject('assembly'), Date.parse('2026-03-01T00:00:00Z'));
    const calm = await play('calm-', undefined, simulated);
    expect(calm.findings).toEqual([]);
    expected = calm.states;
  });
  afterAll(() => simulated.cloud.stop());

  test.each(Array.from({ length: seeds }, (_, index) => index + 1))(
    'sent 1 to 5 times in any order over 30 days with 5 % faults of every kind gives the same bytes: seed %i',
    async (seed) => {
      const { findings, states, injected } = await play(`p${seed}-`, seed, simulated);
      console.log(`${purchases} purchases, seed ${seed}: ${injected.length} faults`);
      expect(findings).toEqual([]);
      expect(states).toEqual(expected);
      expect(new Set(injected.map(({ effect }) => effect)).size).toBeGreaterThan(8);
    },
    900_000,
  );
});

/** When messages arrived differs between two lives, and so do the keys of orders, which are hashes of ids with the life's prefix. */
function comparable(state: PersonaState): PersonaState {
  const orders = [...state.orders.values()].sort((a, b) => a.lastAt - b.lastAt || (textOf(a) < textOf(b) ? -1 : 1));
  return {
    ...withoutArrivals(state),
    orders: new Map(orders.map((order, index) => [String(index).padStart(2, '0'), order])),
  };
}

function textOf({ purchase, lastAt, isGivenBack }: OrderRecord): string {
  return JSON.stringify([purchase?.amounts, lastAt, isGivenBack]);
}
