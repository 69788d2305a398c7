import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledgerOf } from '#adapters/customers-table/contact-ledger-items.ts';
import { dynamoContactLedgers } from '#adapters/customers-table/dynamo-contact-ledgers.ts';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { dynamoIdentities } from '#adapters/customers-table/dynamo-identities.ts';
import { dynamoMemberships } from '#adapters/customers-table/dynamo-memberships.ts';
import { emptyLedger, withContacts } from '#domain/contact-policy/contact-ledger.ts';
import { nextCluster } from '#domain/identity/cluster.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { IdentifierRules } from '#domain/identity/identifier-rules.ts';
import { partitionOf } from '#domain/identity/partition.ts';
import { anyTold, freeRules, graphOfTold, keyOf, strictRules, type Told } from '#support/generators/any-links.ts';
import { clustersIn, pointersIn, savePersona, storeCluster, watched } from '#support/identity-table.ts';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';
import { sizeOf } from '#support/size-of.ts';

const now = Date.UTC(2026, 2, 10, 12);
const trials = sizeOf({ part: 20, whole: 200 });
const noPause = async () => {};

let world = 0;
let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table[Symbol.asyncDispose]());

/** Keys of a world of their own in the shared table. */
function keysOfWorld() {
  world += 1;
  const offset = world * 100_000;
  const own = (type: string) => (number: number) => keyOf(type, offset + number);
  return { user: own('user_id'), email: own('email'), device: own('device_id') };
}

function identities(rules: IdentifierRules = freeRules, client = table.client) {
  return dynamoIdentities(client, table.name, rules, noPause);
}

/** Tells links of one persona, as update-profile does, and saves it afterwards. */
async function tell(primary: string, others: readonly string[], atMs: number, to = identities()) {
  await to.link(
    { identifier: primary, seenFirstMs: atMs, heard: { atMs } },
    others.map((identifier) => ({ identifier, atMs })),
    now,
  );
  await savePersona(table.client, table.name, primary, atMs);
  await to.seenSince({ identifier: primary, seenFirstMs: atMs }, now);
}

const customers = (client = table.client) => dynamoCustomers(client, table.name);
const customerIdOf = async (key: string) => (await customers().customer(personaOfKey(key)))?.customerId;

describe('linking', () => {
  test('makes identifiers one customer, which each of them and each earlier customer id names', async () => {
    const { user, email, device } = keysOfWorld();
    await savePersona(table.client, table.name, device(1), 500);
    await tell(user(1), [email(1)], 1000);
    await tell(user(2), [email(2)], 2000);
    expect(await customerIdOf(user(1))).toBe(personaOfKey(user(1)));
    await tell(email(1), [email(2), device(1)], 3000);
    const wanted = {
      customerId: personaOfKey(device(1)),
      personas: [user(1), user(2), email(1), device(1)].map(personaOfKey).sort(),
    };
    for (const key of [user(1), user(2), email(1), email(2), device(1)]) {
      const customer = await customers().customer(personaOfKey(key));
      expect({
        customerId: customer?.customerId,
        personas: customer?.personas.map(({ personaId }) => personaId),
      }).toEqual(wanted);
    }
  });

  test('of what is known costs two reads and no write', async () => {
    const { user, email } = keysOfWorld();
    await tell(user(1), [email(1)], 1000);
    const { client, calls } = watched(table.client);
    await identities(freeRules, client).link(
      { identifier: user(1), seenFirstMs: 1000 },
      [{ identifier: email(1), atMs: 1500 }],
      now,
    );
    expect(calls).toEqual(['BatchGetItem', 'BatchGetItem']);
  });

  test('knows of a persona that the firm’s own word makes after its identifier was linked', async () => {
    const { user, email } = keysOfWorld();
    await tell(user(1), [email(1)], 1000);
    await savePersona(table.client, table.name, email(1), 2000);
    await identities().personaSeen(personaOfKey(email(1)), 2000, now);
    const customer = await customers().customer(personaOfKey(user(1)));
    expect(customer?.personas.map(({ personaId }) => personaId).sort()).toEqual(
      [user(1), email(1)].map(personaOfKey).sort(),
    );
  });

  test('tells of a persona that was there first, whether it is saved before, between or after', async () => {
    for (const saved of ['before', 'between', 'after'] as const) {
      const { user, device } = keysOfWorld();
      const save = async () => {
        await savePersona(table.client, table.name, device(1), 10);
        await identities().seenSince({ identifier: device(1), seenFirstMs: 10 }, now);
      };
      const { client } = watched(table.client);
      let isSaved = false;
      const between = new Proxy(client, {
        get: (target, name) =>
          name !== 'send'
            ? Reflect.get(target, name)
            : async (command: { constructor: { name: string } }) => {
                // After link has read that there is no such persona, and before it writes the pointer.
                if (command.constructor.name === 'TransactWriteItemsCommand' && saved === 'between' && !isSaved) {
                  isSaved = true;
                  await save();
                }
                return target.send(command as never);
              },
      });
      if (saved === 'before') await save();
      await tell(user(1), [device(1)], 1000, identities(freeRules, between));
      if (saved === 'after') await save();
      expect([saved, await customerIdOf(user(1))]).toEqual([saved, personaOfKey(device(1))]);
    }
  });

  test('by many at once in any order ends in the partition of all links, and every pointer says so', async () => {
    await fc.assert(
      fc.asyncProperty(anyTold(3, 14), fc.boolean(), async (all, isStrict) => {
        const { user, email, device } = keysOfWorld();
        const rules = isStrict ? strictRules : freeRules;
        const own = (key: string) => {
          const [type = '', number = ''] = key.split(':');
          const make = { user_id: user, email, device_id: device }[type] ?? user;
          return make(Number.parseInt(number.slice(1), 16));
        };
        const told: Told[] = all.map(({ primary, other, atMs }) => ({
          primary: own(primary),
          other: own(other),
          atMs,
        }));
        const to = dynamoIdentities(table.client, table.name, rules);
        await Promise.all(
          [...Map.groupBy(told, ({ primary }) => primary)].map(async ([primary, links]) => {
            for (const { other, atMs } of links) {
              await to.link({ identifier: primary, seenFirstMs: atMs }, [{ identifier: other, atMs }], now);
            }
            const firstMs = Math.min(...links.map(({ atMs }) => atMs));
            await savePersona(table.client, table.name, primary, firstMs);
            await to.seenSince({ identifier: primary, seenFirstMs: firstMs }, now);
          }),
        );
        const { members, links } = graphOfTold(told);
        const { groups } = partitionOf({ members, links, cuts: [], shared: new Set() }, rules);
        for (const group of groups) {
          const personas = group.members
            .filter((key) => members.get(key)?.firstMs !== undefined)
            .map(personaOfKey)
            .sort();
          for (const key of group.members) {
            const customer = await customers().customer(personaOfKey(key));
            if (personas.length === 0) expect(customer).toBeUndefined();
            else {
              expect(customer?.customerId).toBe(group.customerId);
              expect(customer?.personas.map(({ personaId }) => personaId)).toEqual(personas);
            }
          }
        }
      }),
      { numRuns: trials },
    );
  }, 240_000);
});

describe('a crash after any single call', () => {
  test('leaves one of the two right states, and the repeat ends in the right one', async () => {
    let crashes = 0;
    for (let calls = 1; ; calls += 1) {
      const { user, email, device } = keysOfWorld();
      await tell(user(1), [email(1), device(1)], 1000);
      await tell(user(2), [email(2), device(2)], 2000);
      const link = (client = table.client) =>
        identities(freeRules, client).link(
          { identifier: user(2), seenFirstMs: 2000 },
          [{ identifier: email(1), atMs: 3000 }],
          now,
        );
      const crashing = watched(table.client);
      crashing.crashAfter(calls);
      const isCrashed = await link(crashing.client).then(
        () => false,
        () => true,
      );
      const seen = await Promise.all([user(1), email(1), user(2), email(2)].map(customerIdOf));
      const [first, second] = [personaOfKey(user(1)), personaOfKey(user(2))];
      expect([
        [first, first, second, second],
        [first, first, first, first],
      ]).toContainEqual(seen);
      await link();
      expect(await Promise.all([user(1), email(1), user(2), email(2)].map(customerIdOf))).toEqual(Array(4).fill(first));
      if (!isCrashed) break;
      crashes += 1;
    }
    expect(crashes).toBeGreaterThanOrEqual(5);
  });
});

describe('a customer of a hundred personas and a thousand identifiers', () => {
  const { user, email, device } = keysOfWorld();

  beforeAll(async () => {
    const told = Array.from({ length: 999 }, (_, index) =>
      index < 99
        ? { primary: user(1), other: email(index), atMs: 1 + index }
        : { primary: email(index % 99), other: device(index), atMs: 1000 + index },
    );
    const graph = { ...graphOfTold(told), cuts: [], shared: new Set<string>() };
    await storeCluster(table.client, table.name, nextCluster([], graph, freeRules).cluster);
    const memberships = dynamoMemberships(table.client, table.name);
    const before = await memberships.load(personaOfKey(user(1)));
    await memberships.save(before, { members: new Set(['loyal']), nextChangeMs: undefined, revision: 1 }, now);
  }, 240_000);

  test('is read in two round trips by any of its identifiers', async () => {
    for (const key of [user(1), email(98), device(700)]) {
      const read = watched(table.client);
      const customer = await customers(read.client).view(personaOfKey(key));
      expect([customer?.customerId, customer?.personas.length, customer?.personaIds.length]).toEqual([
        personaOfKey(user(1)),
        100,
        1000,
      ]);
      expect(customer?.segments).toEqual(new Set(['loyal']));
      expect(read.roundTrips()).toBe(2);
    }
  });

  test('is right for every identifier while its pointers are still being written, and after a crash meanwhile', async () => {
    // The user's persona turns out to be younger than a mailbox: a thousand pointers get another customer id.
    const crashing = watched(table.client);
    crashing.crashAfter(40);
    const earlier = { identifier: email(50), seenFirstMs: 0 };
    await expect(identities(freeRules, crashing.client).seenSince(earlier, now)).rejects.toThrow('crashed');
    const stale = [...(await pointersIn(table.client, table.name)).values()].filter((pointer) =>
      pointer.startsWith(personaOfKey(user(1))),
    );
    expect(stale.length).toBeGreaterThan(500);
    const personaOf = (key: string) => customers().customer(personaOfKey(key));
    for (const key of [device(100), device(700), device(988), user(1), email(98)]) {
      expect((await personaOf(key))?.customerId).toBe(personaOfKey(email(50)));
    }
    await identities().seenSince(earlier, now);
    const pointers = await pointersIn(table.client, table.name);
    expect([...pointers.values()].filter((pointer) => pointer.startsWith(personaOfKey(user(1))))).toEqual([]);
    const [cluster] = (await clustersIn(table.client, table.name)).filter(({ members }) => members.has(user(1)));
    expect(cluster?.pending).toEqual([]);
    const read = watched(table.client);
    await customers(read.client).customer(personaOfKey(device(988)));
    expect(read.roundTrips()).toBe(2);
  }, 240_000);
});

describe('a customer without links', () => {
  test('is one persona, read in one round trip', async () => {
    const { user } = keysOfWorld();
    await savePersona(table.client, table.name, user(1), 10);
    const read = watched(table.client);
    const customer = await customers(read.client).customer(personaOfKey(user(1)));
    expect([customer?.customerId, read.calls]).toEqual([personaOfKey(user(1)), ['BatchGetItem']]);
  });

  test('that nobody heard of is none', async () => {
    const { user } = keysOfWorld();
    expect(await customers().customer(personaOfKey(user(1)))).toBeUndefined();
  });
});

test('a kiosk grows no cluster and merges nobody', async () => {
  const { user, device } = keysOfWorld();
  const rules = new Map([...strictRules, ['user_id', { priority: 1000, most: null, sharedAbove: null }] as const]);
  for (let person = 1; person <= 12; person += 1) await tell(user(person), [device(1)], person, identities(rules));
  const clusters = (await clustersIn(table.client, table.name)).filter(({ members }) => members.has(device(1)));
  expect(clusters.map(({ members }) => members.size)).toEqual([5]);
  for (let person = 1; person <= 12; person += 1)
    expect(await customerIdOf(user(person))).toBe(personaOfKey(user(person)));
});

describe('contact ledgers', () => {
  const contact = (personaId: string, atMs: number) => ({
    atMs,
    treatmentId: 't',
    offerId: 'o',
    group: 'g',
    channel: 'email' as const,
    direction: 'outbound' as const,
    kind: 'standard' as const,
    personaId,
    decisionId: `d-${personaId}-${atMs}`,
  });
  const stored = async (customerId: string) => {
    const Key = { pk: { S: `customer#${customerId}` }, sk: { S: 'persona!contacts' } };
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key, ConsistentRead: true }));
    return ledgerOf(customerId, Item);
  };

  test('follow their personas through a merge and an unmerge, and a decision on its way to a customer that is no more conflicts', async () => {
    const { user, email } = keysOfWorld();
    const [first, second] = [personaOfKey(user(1)), personaOfKey(user(2))];
    const ledgers = dynamoContactLedgers(table.client, table.name);
    await tell(user(1), [email(1)], 1000);
    await tell(user(2), [email(2)], 2000);
    for (const id of [first, second]) {
      const before = await ledgers.load(id);
      await ledgers.reserve(before, withContacts(before.ledger ?? emptyLedger([id]), [contact(id, now)]), now);
    }
    const [one, two] = [(await stored(first)).ledger, (await stored(second)).ledger];
    const onItsWay = await ledgers.load(second);
    await tell(user(2), [email(1)], 3000);
    expect(await ledgers.reserve(onItsWay, withContacts(onItsWay.ledger ?? emptyLedger([second]), []), now)).toBe(
      'conflict',
    );
    expect((await stored(first)).ledger?.contacts.map(({ personaId }) => personaId).sort()).toEqual(
      [first, second].sort(),
    );
    expect((await stored(second)).ledger).toEqual(emptyLedger([]));

    const request = { fromPersonaId: first, personaId: second, askedBy: 'c', nowMs: now };
    expect(await identities().unmerge(request)).toBe('unmerged');
    expect([(await stored(first)).ledger, (await stored(second)).ledger]).toEqual([one, two]);
    expect(await identities().unmerge(request)).toBe('apart');
  });

  test('that a decision writes to during a merge make the merge try again', async () => {
    const { user, email } = keysOfWorld();
    const [first, second] = [personaOfKey(user(1)), personaOfKey(user(2))];
    await tell(user(1), [email(1)], 1000);
    await tell(user(2), [email(2)], 2000);
    const ledgers = dynamoContactLedgers(table.client, table.name);
    let transactions = 0;
    const racing = new Proxy(table.client, {
      get: (target, name) =>
        name !== 'send'
          ? Reflect.get(target, name)
          : async (command: { constructor: { name: string } }) => {
              if (command.constructor.name === 'TransactWriteItemsCommand' && transactions++ === 0) {
                const before = await ledgers.load(second);
                await ledgers.reserve(
                  before,
                  withContacts(before.ledger ?? emptyLedger([second]), [contact(second, now)]),
                  now,
                );
              }
              return target.send(command as never);
            },
    });
    await identities(freeRules, racing).link(
      { identifier: user(2), seenFirstMs: 1 },
      [{ identifier: email(1), atMs: 3000 }],
      now,
    );
    expect(transactions).toBe(2);
    const merged = await customerIdOf(user(1));
    expect((await stored(merged ?? '')).ledger?.contacts).toHaveLength(1);
    expect([first, second]).toContain(merged);
  });
});

describe('unmerging', () => {
  test('of a persona that nothing links is unknown', async () => {
    const { user } = keysOfWorld();
    const [fromPersonaId, personaId] = [personaOfKey(user(1)), personaOfKey(user(2))];
    expect(await identities().unmerge({ fromPersonaId, personaId, askedBy: 'c', nowMs: now })).toBe('unknown');
  });

  test('keeps who asked and when, and tells of it what the cluster knows', async () => {
    const { user, email } = keysOfWorld();
    await tell(user(1), [email(1)], 1000);
    await tell(user(2), [email(2)], 2000);
    await tell(user(2), [email(1)], 3000);
    const [fromPersonaId, personaId] = [personaOfKey(user(1)), personaOfKey(user(2))];
    await identities().unmerge({ fromPersonaId, personaId, askedBy: 'credential-7', nowMs: now });
    const cluster = await identities().read(personaId);
    expect(cluster?.cuts).toEqual([
      {
        left: [email(1), user(1)],
        right: [email(2), user(2)],
        atMs: now,
        askedBy: 'credential-7',
        fromPersonaId,
        personaId,
      },
    ]);
    expect(cluster?.history.map(({ event }) => event.kind)).toEqual(['merge', 'cut', 'unmerge', 'refusal']);
  });
});
