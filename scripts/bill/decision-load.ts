import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod';
import { Budget } from '#domain/budget/budget.ts';
import { type FileItem, readItemFiles } from '#scripts/catalogue/item-files.ts';
import { carryOut, planPush } from '#scripts/catalogue/push.ts';
import { remoteCatalogue } from '#scripts/catalogue/remote-catalogue.ts';
import { startLocalProcess } from '#scripts/run/local-process.ts';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import { localSignature } from '#scripts/target/local-signature.ts';
import type { LocalCloud } from '#scripts/target/target.ts';
import { type Reading, readMeter, resetMeter } from './meter-client.ts';

/** Decisions of known shape. */
export interface DecisionLoad {
  readonly name: string;
  /** How they are asked for, in words. */
  readonly asked: string;
  /** The function that makes them. */
  readonly functionName: 'make-decision' | 'decide-batch';
  readonly decisions: number;
  /** Customers of one call. */
  readonly customersACall: number;
  /** Decisions a second. */
  readonly rate: number;
  readonly goal: number;
}

const Customer = z.object({ customerId: z.string() });
const Answer = z.object({ treatments: z.array(z.unknown()) });
const Batch = z.object({ decisions: z.array(Answer) });

/** Single decisions through the API and at the function's own URL, and decisions in batches of 50 customers as campaigns ask for them. */
export function decisionLoads(decisions: number): readonly DecisionLoad[] {
  const single = { functionName: 'make-decision', decisions, customersACall: 1, rate: 25, goal: 2 } as const;
  return [
    { ...single, name: 'single', asked: 'one by one through the HTTP API' },
    { ...single, name: 'signed', asked: 'one by one, signed, at the function’s own URL' },
    {
      name: 'batched',
      asked: 'in batches of 50 customers',
      functionName: 'decide-batch',
      // So many batches that what a function reads once in a while is shared by some.
      decisions: decisions * 4,
      customersACall: 50,
      rate: 100,
      goal: 0.75,
    },
  ];
}

/** What some decisions made AWS bill, and how many of them showed something. */
export interface MeasuredDecisions {
  readonly load: DecisionLoad;
  readonly reading: Reading;
  readonly shown: number;
}

/**
 * Decides with the example catalogue for customers who came before, each once, and settles: what is read, counted, recorded and
 * brought to the lake is metered, the customers' visits are not.
 */
export async function measureDecisions(assembly: string, load: DecisionLoad): Promise<MeasuredDecisions> {
  const cloud = await startLocalProcess(['--port', '0', '--now', '2026-03-02T12:00:00Z', '--assembly', assembly]);
  try {
    const { info } = cloud;
    const remote = remoteCatalogue({ url: info.url, key: info.adminKey });
    const { steps } = await planPush(readItemFiles('examples/catalogue').items.map(withLargeBudget), remote);
    await carryOut(steps, remote);
    const userIds = Array.from({ length: load.decisions + warmUp }, (_, index) => `customer-${index}`);
    await playVisits(info, userIds);
    const decide = await askerOf(load, info, userIds);
    for (let index = 0; index < warmUp; index += load.customersACall)
      await decide(userIds.slice(index, index + load.customersACall));
    await settle(info);
    await resetMeter(info.url);
    const startedAt = performance.now();
    let shown = 0;
    const calls: Promise<void>[] = [];
    for (let index = warmUp; index < userIds.length; index += load.customersACall) {
      await sleep(Math.max(0, startedAt + ((index - warmUp) * 1000) / load.rate - performance.now()));
      calls.push(
        decide(userIds.slice(index, index + load.customersACall)).then((count) => {
          shown += count;
        }),
      );
    }
    await Promise.all(calls);
    await settle(info);
    const reading = await readMeter(info.url);
    return { load, reading, shown };
  } finally {
    await cloud.stop();
  }
}

/** The example's budgets are a shop's, which would be spent after 500 e-mails: here they are those of who decides a million times a day. */
function withLargeBudget(file: FileItem): FileItem {
  if (file.kind !== 'budgets') return file;
  const { limit } = Budget.parse(file.item);
  return { ...file, item: { ...file.item, limit: limit * 2000 } };
}

/** Decisions before the meter runs: what a function reads once is shared by millions. */
const warmUp = 50;

async function playVisits(info: LocalCloud, userIds: readonly string[]): Promise<void> {
  for (let index = 0; index < userIds.length; index += 50) {
    const context = { consent: { categoryPreferences: { marketing: true } } };
    const properties = { product_id: 'fibre-1000', category: 'broadband' };
    const batch = userIds.slice(index, index + 50).flatMap((userId) => [
      { type: 'identify', userId, traits: { plan: 'basic' }, context },
      { type: 'track', userId, event: 'Product Viewed', properties, context },
      { type: 'page', userId, name: 'Home', context },
    ]);
    await post(`${info.url}/v1/batch`, info.serverKey, { batch });
  }
  await settle(info);
}

/** Asks for decisions about some users, and gives how many of these show something. */
type Ask = (userIds: readonly string[]) => Promise<number>;

async function askerOf(load: DecisionLoad, info: LocalCloud, userIds: readonly string[]): Promise<Ask> {
  if (load.functionName === 'decide-batch') return batches(info, load, userIds);
  const isSigned = load.name === 'signed';
  const url = isSigned ? `${info.outputs.DecisionsUrl}` : `${info.url}/v1/decisions`;
  const headers = isSigned
    ? { authorization: localSignature(info), 'x-write-key': info.adminKey }
    : basic(info.adminKey);
  return async ([userId]) => {
    const body = { customer: `user_id:${userId}`, placements: ['web/home-hero'] };
    return Answer.parse(await postAs(headers, url, body)).treatments.length;
  };
}

/** Calls the batch function as a workflow would, with the ids of the customers. */
async function batches(info: LocalCloud, load: DecisionLoad, userIds: readonly string[]): Promise<Ask> {
  const ids = new Map<string, string>();
  for (const userId of userIds) {
    const response = await fetch(`${info.url}/v1/customers/user_id:${userId}`, { headers: basic(info.adminKey) });
    ids.set(userId, Customer.parse(await response.json()).customerId);
  }
  const url = `${info.awsEndpoint}/2015-03-31/functions/${info.outputs.DecideBatchFunctionName}/invocations`;
  return async (some) => {
    const answer = await postAs({ authorization: localSignature(info) }, url, {
      batchId: uuidv7(),
      touchpoint: 'email',
      placements: ['email/newsletter'],
      customerIds: some.flatMap((userId) => ids.get(userId) ?? []),
    });
    const { decisions } = Batch.parse(answer);
    if (decisions.length !== Math.min(load.customersACall, some.length))
      throw new Error('Some customers got no decision');
    return decisions.filter(({ treatments }) => treatments.length > 0).length;
  };
}

async function settle(info: LocalCloud): Promise<void> {
  await post(`${info.url}/_local/settle`, info.adminKey, {});
}

async function post(url: string, key: string, body: object): Promise<unknown> {
  return postAs(basic(key), url, body);
}

async function postAs(headers: Readonly<Record<string, string>>, url: string, body: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

const basic = (key: string) => ({ authorization: basicAuth(key) });
