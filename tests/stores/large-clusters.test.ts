import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { dynamoIdentities } from '#adapters/customers-table/dynamo-identities.ts';
import { dynamoPersonas } from '#adapters/customers-table/dynamo-personas.ts';
import { clusterAttributes } from '#adapters/customers-table/identity-items.ts';
import { bytesOf, type Cluster, largestClusterBytes, nextCluster } from '#domain/identity/cluster.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { IdentifierRules } from '#domain/identity/identifier-rules.ts';
import { type Link, linkOf, type Member } from '#domain/identity/identity-graph.ts';
import { extendHistory } from '#domain/identity/identity-history.ts';
import { mostMoved } from '#domain/identity/regroup-in-part.ts';
import { queueHandler } from '#runtime/queue.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';
import { busMessage, receivedDetail } from '#support/builders/bus-message.ts';
import { interaction } from '#support/builders/interaction.ts';
import { freeRules, graphOfTold, keyOf, strictRules, type Told } from '#support/generators/any-links.ts';
import { clustersIn, pointersIn, storeCluster, watched } from '#support/identity-table.ts';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';
import { updateProfiles } from '#use-cases/profile/update-profiles.ts';

const now = Date.UTC(2026, 2, 10, 12);
let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const user = (number: number) => keyOf('user_id', number);
const email = (number: number) => keyOf('email', number);
const device = (number: number) => keyOf('device_id', number);
const identities = (rules = freeRules, client = table.client) =>
  dynamoIdentities(client, table.name, rules, async () => {});
const customerIdOf = async (key: string) =>
  (await dynamoCustomers(table.client, table.name).customer(personaOfKey(key)))?.customerId;

function clusterOf(all: readonly Told[], values = new Map<string, string>()): Cluster {
  const { members, links } = graphOfTold(all);
  const valued = new Map([...members].map(([key, member]) => [key, withValue(member, values.get(key))]));
  return nextCluster([], { members: valued, links, cuts: [], shared: new Set() }, freeRules).cluster;
}

const withValue = (member: Member, value: string | undefined) => (value === undefined ? member : { ...member, value });

async function clusterWith(key: string): Promise<Cluster> {
  const found = (await clustersIn(table.client, table.name)).find(({ members }) => members.has(key));
  if (found === undefined) throw new Error(`no cluster has ${key}`);
  return found;
}

describe('an interaction that links to a cluster without room', () => {
  // Ids of 255 letters: a thousand of them take what a cluster may.
  const people = Array.from({ length: 1000 }, (_, index) => index);
  const values = new Map(people.map((index) => [device(index), `${index}`.padStart(255, 'v')]));
  const all = people.map((index): Told => ({ primary: email(0), other: device(index), atMs: index + 1 }));
  beforeAll(async () => {
    const cluster = clusterOf(all, values);
    expect(bytesOf(cluster)).toBeGreaterThan(largestClusterBytes);
    await storeCluster(table.client, table.name, cluster);
  }, 240_000);

  /** Brings an interaction of a persona, as the bus does; what comes again is named. */
  async function update(primary: string, other: string, messageId: string) {
    const handle = queueHandler(
      updateProfiles({
        personas: dynamoPersonas(table.client, table.name),
        namesInUse: async () => () => false,
        identities: identities(),
        now: () => now,
        pause: async () => {},
      }),
    );
    const identifiers = [{ key: primary }, { key: other }];
    const detail = receivedDetail({ [personaOfKey(primary)]: [interaction({ messageId, identifiers })] });
    const { batchItemFailures } = await handle({
      Records: [{ messageId: 'm0', body: busMessage('InteractionsReceived', detail) }],
    });
    return batchItemFailures;
  }

  const refusals = async () =>
    (await clusterWith(email(0))).history.flatMap(({ event }) =>
      event.kind === 'refusal' ? [[event.reason, event.identifier, event.otherIdentifier]] : [],
    );

  test('is counted, is no part of the customer, and its refusal is kept once for somebody to look at', async () => {
    expect(await update(user(5), device(5), 'u5')).toEqual([]);
    expect(await update(user(5), device(5), 'u5')).toEqual([]);
    expect(await customerIdOf(user(5))).toBe(personaOfKey(user(5)));
    expect(await refusals()).toEqual([['cluster_full', device(5), user(5)]]);
  });

  test('makes its persona known all the same when it is in the cluster: its customer has what it did', async () => {
    const before = await dynamoCustomers(table.client, table.name).customer(personaOfKey(email(0)));
    expect(await update(device(7), user(7), 'd7')).toEqual([]);
    const after = await dynamoCustomers(table.client, table.name).customer(personaOfKey(email(0)));
    expect(after?.personas.map(({ personaId }) => personaId).sort()).toEqual(
      [...(before?.personas ?? []).map(({ personaId }) => personaId), personaOfKey(device(7))].sort(),
    );
  });
});

describe('new settings that take a customer of 150 apart', () => {
  // Nobody knew that the device is a kiosk's.
  const people = Array.from({ length: 150 }, (_, index) => 10_000 + index);
  const kiosk = device(20_000);
  const rules: IdentifierRules = new Map([
    ...strictRules,
    ['user_id', { priority: 1000, most: null, sharedAbove: null }],
  ]);
  const link = (to = identities(rules)) =>
    to.link({ identifier: user(30_000), seenFirstMs: now }, [{ identifier: kiosk, atMs: now }], now);

  test('do so in transactions of at most a hundred items, whatever call crashes, and every identifier ends as its own', async () => {
    const members = new Map<string, Member>([kiosk, ...people.map(user)].map((key) => [key, {}]));
    const links = people.map((person) => linkOf(user(person), kiosk, person, 1));
    const { cluster } = nextCluster([], { members, links, cuts: [], shared: new Set() }, freeRules);
    expect(new Set([...cluster.members.values()].map(({ customerId }) => customerId)).size).toBe(1);
    await storeCluster(table.client, table.name, cluster);

    const transactions: number[] = [];
    const counting = new Proxy(table.client, {
      get: (target, name) =>
        name !== 'send'
          ? Reflect.get(target, name)
          : async (command: { input: { TransactItems?: readonly unknown[] } }) => {
              if (command.input.TransactItems !== undefined) transactions.push(command.input.TransactItems.length);
              return target.send(command as never);
            },
    });
    let isDone = false;
    for (let calls = 1; !isDone && calls < 1000; calls += 7) {
      const crashing = watched(counting);
      crashing.crashAfter(calls);
      isDone = await link(identities(rules, crashing.client)).then(
        () => true,
        () => false,
      );
    }
    expect(isDone).toBe(true);
    expect(transactions.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...transactions)).toBeLessThanOrEqual(100);

    const after = await clusterWith(kiosk);
    expect([after.isRegrouping, after.pending]).toEqual([undefined, []]);
    const pointers = await pointersIn(table.client, table.name);
    for (const person of people) {
      expect(after.members.get(user(person))?.customerId).toBe(personaOfKey(user(person)));
      expect(pointers.get(personaOfKey(user(person)))).toBe(personaOfKey(user(person)));
    }
  }, 240_000);
});

test('a cluster of random identifiers fits its item of 400 KB while there is room, with the longest history', () => {
  for (const longest of [0, 40, 255]) {
    const random = randomOf(longest + 1);
    const members = new Map<string, Member>();
    const links: Link[] = [];
    const keys: string[] = [];
    while (bytesOf({ members, links, cuts: [] }) < largestClusterBytes) {
      const key = `anonymous_id:${hex(random, 32)}`;
      keys.push(key);
      const value = longest === 0 ? {} : { value: letters(random, longest) };
      members.set(key, { firstMs: now - random.below(1e10), ...value });
      for (const _ of [1, 2]) links.push(linkOf(key, random.pick(keys), now - random.below(1e10), now));
    }
    const some = { identifier: random.pick(keys), otherIdentifier: random.pick(keys), customerId: random.uuid() };
    const refusals = Array.from({ length: 300 }, () => ({
      ...{ kind: 'refusal' as const, reason: 'most_of_type' as const, type: 'anonymous_id', ...some },
      ...{ identifier: random.pick(keys), otherCustomerId: random.uuid(), occurredAt: new Date(now).toISOString() },
    }));
    const moves = Array.from({ length: mostMoved }, () => ({
      ...{ kind: 'customer' as const, identifier: random.pick(keys), customerId: random.uuid() },
      previousCustomerId: random.uuid(),
    }));
    const own = new Map([...members].map(([key, member]) => [key, { ...member, customerId: personaOfKey(key) }]));
    const cluster: Cluster = {
      ...{ clusterId: random.uuid(), version: 1, members: own, links, cuts: [], shared: new Set(), pending: keys },
      history: extendHistory([], refusals, now),
    };
    const { record, changes } = clusterAttributes(cluster, moves, now);
    const bytes = (record?.B?.length ?? 0) + (changes?.B?.length ?? 0);
    expect(bytes).toBeLessThan(400_000);
    if (longest === 0) expect(members.size).toBeGreaterThan(3500);
  }
});

const hex = (random: Random, length: number) => Array.from({ length }, () => random.below(16).toString(16)).join('');
const letters = (random: Random, length: number) =>
  Array.from({ length }, () => String.fromCharCode(33 + random.below(90))).join('');
