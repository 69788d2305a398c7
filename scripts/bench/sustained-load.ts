import { setTimeout as sleep } from 'node:timers/promises';
import { visit } from '#scripts/bill/reference-load.ts';
import type { LocalProcess } from '#scripts/run/local-process.ts';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import { randomOf } from '#scripts/world/random.ts';

/** A load at an even pace. */
export interface Pace {
  readonly eventsARequest: number;
  readonly eventsASecond: number;
  readonly minutes: number;
}

/** What became of a load. */
export interface Sustained {
  readonly events: number;
  /** From the first request to the answer of the last. */
  readonly seconds: number;
  /** From there until everything was in profiles and lake. */
  readonly lagSeconds: number;
  /** Of each request, from its sending to the end of its answer. */
  readonly latenciesMs: readonly number[];
  /** Of the cloud's process, on average. */
  readonly coresBusy: number;
}

/** Customers who come again and again, a visit of five events at a time. */
const customers = 20_000;
const eventsAVisit = 5;

/**
 * Sends visits at a pace that does not wait for answers, as many customers would. Throws an Error when a request is not answered
 * with 200, for a lost event would make it faster.
 */
export async function sustain(
  cloud: LocalProcess,
  { eventsARequest, eventsASecond, minutes }: Pace,
): Promise<Sustained> {
  const { url, serverKey } = cloud.info;
  const requests = Math.ceil((eventsASecond * 60 * minutes) / eventsARequest);
  const eventsOf = visits(url);
  const headers = {
    'content-type': 'application/json',
    authorization: basicAuth(serverKey),
  };
  const cpuBefore = await cloud.cpuSeconds();
  const startMs = performance.now();
  const latenciesMs = await Promise.all(
    Array.from({ length: requests }, async (_, index) => {
      const dueMs = startMs + (index * eventsARequest * 1000) / eventsASecond;
      await sleep(Math.max(0, dueMs - performance.now()));
      const body = JSON.stringify({ batch: eventsOf(eventsARequest) });
      const sentMs = performance.now();
      const response = await fetch(`${url}/v1/batch`, { method: 'POST', headers, body });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`POST /v1/batch answered ${response.status}: ${text}`);
      return performance.now() - sentMs;
    }),
  );
  const answeredMs = performance.now();
  const settled = await fetch(`${url}/_local/settle`, { method: 'POST' });
  if (!settled.ok) throw new Error(`_local/settle answered ${settled.status}: ${await settled.text()}`);
  const endMs = performance.now();
  return {
    events: requests * eventsARequest,
    seconds: (answeredMs - startMs) / 1000,
    lagSeconds: (endMs - answeredMs) / 1000,
    latenciesMs,
    coresBusy: (1000 * ((await cloud.cpuSeconds()) - cpuBefore)) / (endMs - startMs),
  };
}

let runs = 0;

/** Gives the next so many events of an endless row of visits. */
function visits(url: string): (count: number) => readonly object[] {
  const random = randomOf(++runs);
  let number = 0;
  let waiting: object[] = [];
  const shape = { name: `sustained-${new URL(url).port}`, eventsACustomer: eventsAVisit };
  return (count) => {
    while (waiting.length < count) {
      const customer = number % customers;
      waiting.push(...visit(shape, customer, Math.floor(number / customers), Date.now(), random));
      number += 1;
    }
    const next = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return next;
  };
}
