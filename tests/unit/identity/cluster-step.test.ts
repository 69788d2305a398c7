import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, type Cluster, largestClusterBytes } from '#domain/identity/cluster.ts';
import { decodeCluster, encodeCluster } from '#domain/identity/cluster-codec.ts';
import { stepCluster } from '#domain/identity/cluster-step.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { IdentifierRules } from '#domain/identity/identifier-rules.ts';
import type { Member } from '#domain/identity/identity-graph.ts';
import { mostRegrouped } from '#domain/identity/regroup-in-part.ts';
import {
  anyTold,
  clusterOf,
  freeRules,
  graphOfTold,
  keyOf,
  strictRules,
  type Told,
  told,
} from '#support/generators/any-links.ts';
import { sizeOf } from '#support/size-of.ts';

const runs = sizeOf({ part: 300, whole: 2000 });
const user = (number: number) => keyOf('user_id', number);
const device = (number: number) => keyOf('device_id', number);

function tell(before: readonly Cluster[], all: readonly Told[], rules = freeRules) {
  return stepCluster(before, graphOfTold(all), new Set(), rules, 1e6);
}

describe('a cluster without room', () => {
  const alone = { members: new Map([[device(0), {}]]), links: [], cuts: [] };
  const room = Math.floor(
    (largestClusterBytes - bytesOf(alone)) /
      (bytesOf({ ...graphOfTold([told(user(1), device(0), 1)]), cuts: [] }) - bytesOf(alone)),
  );
  const full = clusterOf(Array.from({ length: room }, (_, index) => told(user(index), device(0), index + 1)));
  const one = told(user(room), device(0), 5);
  const link = graphOfTold([one]).links[0];

  test('refuses one more link, which is recorded for somebody to look at, and stays as it is', () => {
    const step = tell([full], [one]);
    expect(step).toMatchObject({
      kind: 'full',
      record: {
        absorbed: [],
        cluster: { version: full.version + 1, members: full.members, links: full.links },
        events: [
          {
            kind: 'refusal',
            reason: 'cluster_full',
            identifier: link?.a,
            otherIdentifier: link?.b,
            customerId: full.members.get(device(0))?.customerId,
            otherCustomerId: personaOfKey(user(room)),
          },
        ],
      },
    });
    const recorded = step.kind === 'full' ? step.record?.cluster : undefined;
    expect(recorded?.history.map(({ event }) => event.kind)).toEqual(['refusal']);
    expect(tell(recorded === undefined ? [] : [recorded], [one])).toEqual({ kind: 'full' });
  });

  test('wants several links told one by one, and records none of them', () => {
    expect(tell([full], [one, told(user(room), device(1), 6)])).toEqual({ kind: 'full' });
  });

  test('does not become one with another', () => {
    const other = clusterOf([told(user(room), device(1), 1)]);
    const step = tell([other, full], [one]);
    expect(step).toMatchObject({
      kind: 'full',
      record: {
        before: [full],
        absorbed: [],
        cluster: full.clusterId === other.clusterId ? {} : { clusterId: full.clusterId },
      },
    });
  });

  test('still takes an earlier time of a link that it has, and of a persona', () => {
    expect(tell([full], [told(user(7), device(0), 0)])).toMatchObject({ kind: 'changed', absorbed: [] });
    const update = { members: new Map<string, Member>([[device(0), { firstMs: -1 }]]), links: [], cuts: [] };
    const step = stepCluster([full], update, new Set(), freeRules, 1e6);
    expect(step.kind === 'changed' && step.cluster.members.get(device(0))).toMatchObject({ firstMs: -1 });
  });

  test('has less room the longer the values of its identifiers are', () => {
    const valued = { members: new Map([[user(1), { value: 'ä'.repeat(255) }]]), links: [], cuts: [] };
    expect(bytesOf(valued)).toBe(bytesOf({ members: new Map([[user(1), {}]]), links: [], cuts: [] }) + 510);
  });
});

describe('a change of more customers than one transaction can write', () => {
  /** Tells a cluster of nothing new until it has no more to do; checks each step on the way. */
  function regrouped(first: Cluster, rules: IdentifierRules): { cluster: Cluster; steps: number } {
    let cluster = first;
    for (let steps = 0; ; steps++) {
      const step = stepCluster([cluster], { members: new Map(), links: [] }, new Set(), rules, 1e6);
      if (step.kind !== 'changed') return { cluster, steps };
      const moves = [...step.cluster.members].flatMap(([key, { customerId }]) => {
        const from = cluster.members.get(key)?.customerId;
        return from === customerId ? [] : [[from, customerId]];
      });
      expect(new Set(moves.flat()).size).toBeLessThanOrEqual(mostRegrouped);
      if (step.cluster.isRegrouping) expect(moves.length).toBeGreaterThan(0);
      const named = new Map([...step.cluster.members].map(([key, { customerId }]) => [personaOfKey(key), customerId]));
      for (const [, to = ''] of moves) expect(named.get(to)).toBe(to);
      const text = encodeCluster(step.cluster);
      cluster = decodeCluster(step.cluster.clusterId, step.cluster.version, text);
      expect([cluster.isRegrouping, encodeCluster(cluster)]).toEqual([step.cluster.isRegrouping, text]);
    }
  }

  test('is made in steps: a device that is found to be shared by 90 people lets all of them go', () => {
    const people = Array.from({ length: 90 }, (_, person) => told(user(person), device(0), person + 1));
    const merged = clusterOf(people);
    expect(new Set([...merged.members.values()].map(({ customerId }) => customerId)).size).toBe(1);
    const manyUsers: IdentifierRules = new Map([
      ...strictRules,
      ['user_id', { priority: 1000, most: null, sharedAbove: null }],
    ]);
    const step = tell([merged], [told(user(90), device(0), 100)], manyUsers);
    expect(step).toMatchObject({ kind: 'changed', cluster: { isRegrouping: true } });
    if (step.kind !== 'changed') throw new Error('unchanged');
    const { cluster, steps } = regrouped(step.cluster, manyUsers);
    expect(steps).toBe(1);
    expect(cluster.isRegrouping).toBeUndefined();
    expect(new Set([...cluster.members.values()].map(({ customerId }) => customerId)).size).toBe(92);
  });

  test('ends in what it would be at once, for any graph and from any customers', () => {
    const anyChange = fc.record({ all: anyTold(90, 200), isStrict: fc.boolean(), seed: fc.nat() });
    fc.assert(
      fc.property(anyChange, ({ all, isStrict, seed }) => {
        fc.pre(all.length > 0);
        const rules = isStrict ? strictRules : freeRules;
        const target = clusterOf(all, rules);
        const ids = [...target.members.keys()].map(personaOfKey);
        const members = [...target.members].map(([key, member], index) => {
          const customerId = ids[(index * (seed + 1)) % ids.length] ?? member.customerId;
          return [key, { ...member, customerId }] as const;
        });
        const { cluster } = regrouped({ ...target, members: new Map(members), isRegrouping: true }, rules);
        expect([...cluster.members].sort()).toEqual([...target.members].sort());
        expect(cluster.isRegrouping).toBeUndefined();
      }),
      { numRuns: Math.ceil(runs / 3) },
    );
  });
});
