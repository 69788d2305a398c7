import { describe, expect, test } from 'vitest';
import type { Cluster } from '#domain/identity/cluster.ts';
import { stepCluster } from '#domain/identity/cluster-step.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { IdentifierRules } from '#domain/identity/identifier-rules.ts';
import type { IdentityEvent } from '#domain/identity/identity-change.ts';
import { linkOf, type Member } from '#domain/identity/identity-graph.ts';
import { freeRules, keyOf, strictRules } from '#support/generators/any-links.ts';

const user = (number: number) => keyOf('user_id', number);
const email = (number: number) => keyOf('email', number);
const device = (number: number) => keyOf('device_id', number);
const manyUsers: IdentifierRules = new Map([
  ...strictRules,
  ['user_id', { priority: 1000, most: null, sharedAbove: null }],
]);

/** Tells clusters of links of one time each; gives the cluster and what changed, links and customers left out. */
function tell(
  before: readonly Cluster[],
  links: readonly (readonly [primary: string, other: string, atMs: number])[],
  { rules = freeRules, alone = [] as string[], firsts = {} as Record<string, number> } = {},
) {
  const members = new Map<string, Member>(Object.entries(firsts).map(([key, firstMs]) => [key, { firstMs }]));
  for (const [primary, other, atMs] of links) {
    members.set(other, members.get(other) ?? {});
    members.set(primary, { firstMs: Math.min(members.get(primary)?.firstMs ?? atMs, atMs) });
  }
  const told = links.map(([primary, other, atMs]) => linkOf(primary, other, atMs, 100));
  const step = stepCluster(before, { members, links: told }, new Set(alone), rules, 100);
  if (step.kind !== 'changed') return { cluster: before[0], events: [], all: [] };
  const events = step.events.filter(({ kind }) => kind !== 'link' && kind !== 'customer');
  return { cluster: step.cluster, events, all: step.events };
}

const clusterOf = (...args: Parameters<typeof tell>): Cluster => {
  const { cluster } = tell(...args);
  if (cluster === undefined) throw new Error('no cluster');
  return cluster;
};
const customersIn = (events: readonly IdentityEvent[]) =>
  events.flatMap((event) => (event.kind === 'customer' ? [[event.identifier, event.customerId]] : []));

describe('what changes', () => {
  const [one, two] = [clusterOf([], [[user(1), email(1), 10]]), clusterOf([], [[user(2), email(2), 20]])];

  test('by the first link of a persona is no merge: nobody knew it', () => {
    const { events, all } = tell([], [[user(1), email(1), 10]]);
    expect(events).toEqual([]);
    expect(customersIn(all)).toEqual([
      [email(1), personaOfKey(user(1))],
      [user(1), personaOfKey(user(1))],
    ]);
  });

  test('by a link to a persona that was alone is a merge', () => {
    const { events } = tell([], [[user(1), device(1), 10]], { alone: [device(1)], firsts: { [device(1)]: 5 } });
    expect(events).toEqual([]);
    const merged = tell([], [[user(1), device(1), 10]], { alone: [device(1), user(1)], firsts: { [device(1)]: 5 } });
    expect(merged.events).toEqual([
      { kind: 'merge', customerId: personaOfKey(device(1)), mergedCustomerIds: [personaOfKey(user(1))] },
    ]);
  });

  test('by a link between two customers is a merge into the older', () => {
    expect(tell([one, two], [[user(2), email(1), 30]]).events).toEqual([
      { kind: 'merge', customerId: personaOfKey(user(1)), mergedCustomerIds: [personaOfKey(user(2))] },
    ]);
  });

  test('by a persona that turns out to be older is that the customer goes on under its id', () => {
    const merged = clusterOf([one, two], [[user(2), email(1), 30]]);
    expect(tell([merged], [], { firsts: { [user(2)]: 1 } }).events).toEqual([
      { kind: 'merge', customerId: personaOfKey(user(2)), mergedCustomerIds: [personaOfKey(user(1))] },
    ]);
  });

  test('by a link that passes a limit is a refusal, told once', () => {
    const strict = [
      clusterOf([], [[user(1), email(1), 10]], { rules: strictRules }),
      clusterOf([], [[user(2), email(2), 20]], { rules: strictRules }),
    ];
    const refused = tell(strict, [[user(2), email(1), 30]], { rules: strictRules });
    expect(refused.events).toMatchObject([{ kind: 'refusal', reason: 'most_of_type', type: 'user_id' }]);
    const again = tell(refused.cluster ? [refused.cluster] : [], [[user(2), device(9), 40]], { rules: strictRules });
    expect(again.events).toEqual([]);
  });

  test('by one user too many of a device is that it is shared, and its customers are several again', () => {
    const three = clusterOf(
      [],
      [1, 2, 3].map((person) => [user(person), device(1), person] as const),
      { rules: manyUsers },
    );
    const { events } = tell([three], [[user(4), device(1), 4]], { rules: manyUsers });
    expect(events).toEqual([
      { kind: 'share', identifier: device(1) },
      {
        kind: 'unmerge',
        previousCustomerId: personaOfKey(user(1)),
        customerIds: [1, 2, 3].map((person) => personaOfKey(user(person))),
        reason: 'shared',
      },
    ]);
  });
});
