import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import { type IdentityGraph, joinLinks, joinMembers, linkOf, type Member } from '#domain/identity/identity-graph.ts';
import { mostHeld } from '#domain/identity/joining-claims.ts';
import { partitionOf } from '#domain/identity/partition.ts';
import { provenLinks } from '#domain/identity/proven-links.ts';
import { wordsOf } from '#domain/identity/words-of.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { standingOf } from '#domain/interaction/standing.ts';
import { interaction } from '#support/builders/interaction.ts';
import { sizeOf } from '#support/size-of.ts';

const runs = sizeOf({ part: 300, whole: 2000 });
const rules = defaultIdentifiers.types;
const key = (type: string) => (number: number) =>
  `${type}:${type.charCodeAt(0).toString(16)}${number.toString(16).padStart(30, '0')}`;
const [user, email, browser] = [key('user_id'), key('email'), key('anonymous_id')];

type Trust = Parameters<typeof standingOf>[0];

/** An interaction with these identifiers, in any order, that arrived at a time. */
function said(trust: Trust, arrivedMs: number, keys: readonly string[], occurredMs = arrivedMs): Interaction {
  const priority = (one: string) => rules.get(one.split(':')[0] ?? '')?.priority ?? 0;
  const identifiers = [...new Set(keys)].sort((a, b) => priority(b) - priority(a)).map((each) => ({ key: each }));
  return interaction({
    occurredAt: new Date(occurredMs).toISOString(),
    receivedAt: new Date(arrivedMs).toISOString(),
    standing: standingOf(trust, (identifiers[0]?.key ?? '').split(':')[0] ?? ''),
    identifiers,
  });
}
const server = (arrivedMs: number, ...keys: string[]) => said('server', arrivedMs, keys);
const page = (arrivedMs: number, ...keys: string[]) => said('public', arrivedMs, keys);

/** Everything that interactions tell of identities. */
function graphOf(all: readonly Interaction[]): IdentityGraph {
  const members = new Map<string, Member>();
  const add = (one: string, told: Member) => members.set(one, joinMembers(members.get(one), told));
  for (const each of all) {
    const [primary, ...others] = each.identifiers ?? [];
    if (primary === undefined) continue;
    add(primary.key, { firstMs: Date.parse(each.receivedAt) });
    for (const other of others) add(other.key, {});
    for (const { identifier, word } of wordsOf(each)) add(identifier.key, { words: [word] });
  }
  const links = all.flatMap((each) =>
    provenLinks(each).map((other) =>
      linkOf(each.identifiers?.[0]?.key ?? '', other.key, Date.parse(each.occurredAt), Date.parse(each.receivedAt)),
    ),
  );
  return { members, links: joinLinks(links), cuts: [], shared: new Set() };
}

/** The customers as sets of keys; `among` leaves out all other keys. */
function customers(all: readonly Interaction[], among?: ReadonlySet<string>): string[] {
  return partitionOf(graphOf(all), rules)
    .groups.map(({ members }) => members.filter((one) => among?.has(one) ?? true).join(' '))
    .filter((set) => set !== '')
    .sort();
}
const together = (...keys: string[]) => keys.sort().join(' ');

describe('a claim joins', () => {
  test('a visitor who signs up, and stays when the shop’s server tells of the account', () => {
    const visit = [page(1, browser(1)), page(2, browser(1), user(1), email(1))];
    const known = together(browser(1), user(1), email(1));
    expect(customers(visit)).toEqual([known]);
    expect(customers([...visit, server(3, user(1)), server(4, user(1), email(1))])).toEqual([known]);
  });

  test('what a visitor adds later', () => {
    expect(customers([page(2, browser(1), user(1)), page(3, browser(1), user(1), email(1))])).toEqual([
      together(browser(1), user(1), email(1)),
    ]);
  });

  test('identifiers that one interaction without a browser is the first to tell of', () => {
    expect(customers([page(2, user(1), email(1))])).toEqual([together(user(1), email(1))]);
  });
});

describe('a claim waits', () => {
  const victim = [server(10, user(1), email(1))];
  const attacker = browser(666);
  test.each<[string, Interaction[]]>([
    ['of a known address, dated 1970', [said('public', 20, [attacker, email(1)], 0)]],
    ['of a known user id', [page(20, attacker, user(1))]],
    ['of a known address by a new user id', [page(20, attacker, user(666), email(1))]],
    ['of a known user id with an address that nobody has', [page(20, attacker, user(1), email(2))]],
    ['of a known user id without a browser', [page(20, user(1), email(2))]],
    ['of a known address by six user ids', [1, 2, 3, 4, 5, 6].map((n) => page(20 + n, user(666 + n), email(1)))],
    ['of a thousand addresses', Array.from({ length: 1000 }, (_, n) => page(20 + n, user(1), email(100 + n)))],
  ])('%s', (_, attack) => {
    const among = new Set([user(1), email(1), attacker]);
    expect(customers([...victim, ...attack], among)).toEqual(
      [
        together(user(1), email(1)),
        ...(attack.some(({ identifiers = [] }) => identifiers.some((one) => one.key === attacker)) ? [attacker] : []),
      ].sort(),
    );
  });

  test('of a second browser, until it is proven', () => {
    const first = [page(1, browser(1), user(1)), page(2, browser(2), user(1))];
    expect(customers(first)).toEqual([together(browser(1), user(1)), browser(2)].sort());
    const proven = [...first, server(3, browser(2), user(1))];
    expect(customers(proven)).toContain(together(browser(2), user(1)));
  });
});

describe('a claim gives way', () => {
  test('to a browser that is proven to be the one', () => {
    const squatted = [page(1, browser(666), user(1)), page(5, browser(1), user(1))];
    expect(customers(squatted)).toContain(together(browser(666), user(1)));
    expect(customers([...squatted, server(6, user(1), browser(1))])).toEqual(
      [together(browser(1), user(1)), browser(666)].sort(),
    );
  });

  test('when its address turns out to be a known customer’s', () => {
    const squatted = [server(1, user(1)), page(2, browser(666), email(1)), server(3, user(1), email(1))];
    expect(customers(squatted)).toEqual([together(user(1), email(1)), browser(666)].sort());
  });

  test('by a browser that claims more than a person has: it stands in a shop', () => {
    const kiosk = Array.from({ length: mostHeld + 1 }, (_, n) => page(n, browser(1), email(n)));
    expect(customers(kiosk.slice(0, 3))).toHaveLength(1);
    expect(customers(kiosk)).toHaveLength(mostHeld + 2);
  });
});

/** What honest people tell: of their accounts by the shop’s server, and of their browsers by these. */
const honest = fc.array(
  fc
    .tuple(fc.boolean(), fc.nat(3), fc.nat(3), fc.integer({ min: 1, max: 1000 }))
    .chain(([isServer, person, device, at]) =>
      fc
        .constantFrom<string[]>(
          [user(person)],
          [user(person), email(person)],
          [user(person), browser(10 * person + device)],
          [email(person), browser(10 * person + device)],
          [browser(10 * person + device)],
        )
        .map((keys) => said(isServer ? 'server' : 'public', at, keys)),
    ),
  { maxLength: 25 },
);
/** What somebody with the page’s key makes up, once everybody is known: of anybody, with any time, from browsers of his own. */
const attack = fc.array(
  fc
    .tuple(fc.nat(3), fc.nat(40), fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 2000, max: 5000 }))
    .chain(([person, own, occurredMs, at]) =>
      fc
        .constantFrom<string[]>(
          [user(person), browser(1000 + own)],
          [email(person), browser(1000 + own)],
          [user(1000 + own), email(person)],
          [user(person), email(1000 + own)],
          [user(1000 + own), email(person), browser(1000 + own)],
          [user(person), email((person + 1) % 4), browser(1000 + own)],
          [user(person), email((person + 1) % 4)],
          [user(1000 + own), browser(1000 + own), email(1000 + own)],
          [browser(1000 + own)],
        )
        .map((keys) => said('public', at, keys, occurredMs)),
    ),
  { maxLength: 60 },
);
/** Everybody’s first word: nobody is unknown when the attack begins. */
const everybody = [0, 1, 2, 3].flatMap((person) => [server(1500, user(person)), server(1500, email(person))]);

test('who honest people are is the same with an attacker as without', () => {
  fc.assert(
    fc.property(honest, attack, (true_, false_) => {
      const all = [...true_, ...everybody];
      const keys = new Set(all.flatMap(({ identifiers = [] }) => identifiers.map((one) => one.key)));
      expect(customers([...all, ...false_], keys)).toEqual(customers(all, keys));
      const names = (some: readonly Interaction[]) =>
        partitionOf(graphOf(some), rules)
          .groups.flatMap(({ customerId, members }) =>
            members.filter((one) => keys.has(one)).map((one) => `${one} ${customerId}`),
          )
          .sort();
      expect(names([...all, ...false_])).toEqual(names(all));
    }),
    { numRuns: runs },
  );
});

test('who is who does not depend on the order or on repeats', () => {
  fc.assert(
    fc.property(
      honest,
      attack,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (true_, false_, random) => {
        const all = [...true_, ...false_];
        const again = [...all, ...all.filter(() => (random.next().value ?? 0) < 0.3)];
        const order = again.map((one) => ({ one, at: random.next().value ?? 0 })).sort((a, b) => a.at - b.at);
        expect(customers(order.map(({ one }) => one))).toEqual(customers(all));
      },
    ),
    { numRuns: runs },
  );
});

test('a claim that joins names the customer by the oldest persona, as a link does', () => {
  const [only] = partitionOf(graphOf([page(1, browser(1)), page(2, browser(1), user(1))]), rules).groups;
  expect(only?.customerId).toBe(personaOfKey(browser(1)));
});
