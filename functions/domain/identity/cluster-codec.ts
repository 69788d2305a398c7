import * as z from 'zod';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { Cluster, ClusterMember } from './cluster.ts';
import { aliasOf, type Link, linkOf } from './identity-graph.ts';
import { HistoryEntry } from './identity-history.ts';
import { sightPeriod } from './sight-period.ts';
import type { Word } from './word.ts';

/**
 * The one text of a cluster, as compact JSON: keys in order, everything else by their numbers, times of links as differences.
 * Equal clusters have equal texts. Its id and version stand with the item.
 */
export function encodeCluster(cluster: Cluster): string {
  const ends = cluster.links.flatMap(({ a, b }) => [a, b]);
  const speakers = [...cluster.members.values()].flatMap(({ words = [] }) => words.flatMap(({ by }) => by ?? []));
  const keys = [...new Set([...cluster.members.keys(), ...cluster.shared, ...ends, ...speakers])].sort(byCodeUnit);
  const numbers = new Map(keys.map((key, number) => [key, number]));
  const numberOf = (key: string) => numbers.get(key) ?? -1;
  const numbersOf = (some: Iterable<string>) => [...some].map(numberOf).sort((x, y) => x - y);
  const customers = [...new Set([...cluster.members.values()].map(({ customerId }) => customerId))].sort(byCodeUnit);
  const customerNumbers = new Map(customers.map((id, number) => [id, number]));
  let before = 0;
  const links = [...cluster.links]
    .sort((x, y) => x.recordedMs - y.recordedMs || byCodeUnit(x.a, y.a) || byCodeUnit(x.b, y.b))
    .map((link) => {
      const { a, b, atMs, recordedMs } = link;
      const since = recordedMs - before;
      before = recordedMs;
      return [numberOf(a), numberOf(b), since, recordedMs - atMs, ...moreOfLink(link)];
    });
  return JSON.stringify({
    cuts: cluster.cuts.map(({ left, right, atMs, askedBy, fromPersonaId, personaId }) => [
      numbersOf(left),
      numbersOf(right),
      atMs,
      askedBy,
      fromPersonaId,
      personaId,
    ]),
    customers,
    // Parsed, so that its fields stand in the order of the schema.
    history: cluster.history.map((entry) => HistoryEntry.parse(entry)),
    keys,
    links,
    members: keys.flatMap((key, number) => {
      const member = cluster.members.get(key);
      if (member === undefined) return [];
      const fields = [number, customerNumbers.get(member.customerId) ?? -1, member.firstMs ?? null];
      return [member.value === undefined ? fields : [...fields, member.value]];
    }),
    pending: numbersOf(cluster.pending),
    ...(cluster.isRegrouping ? { regrouping: true } : {}),
    schema: 3,
    shared: numbersOf(cluster.shared),
    words: keys.flatMap((key, number) =>
      (cluster.members.get(key)?.words ?? []).map(({ atMs, by }) => [
        number,
        atMs,
        ...(by === undefined ? [] : [numberOf(by)]),
      ]),
    ),
  });
}

/** Reads the text of a cluster back. Throws a ZodError, SyntaxError or RangeError when it is none. */
export function decodeCluster(clusterId: string, version: number, text: string): Cluster {
  const fields = ClusterFields.parse(JSON.parse(text));
  const keyOf = at(fields.keys);
  const customerOf = at(fields.customers);
  let recordedMs = 0;
  const words = Map.groupBy(fields.words, ([member]) => member);
  return {
    clusterId,
    version,
    members: new Map(
      fields.members.map(([number, customer, firstMs, value]): [string, ClusterMember] => [
        keyOf(number),
        {
          customerId: customerOf(customer),
          ...(firstMs === null ? {} : { firstMs }),
          ...(value === undefined ? {} : { value }),
          ...wordsFrom(words.get(number), keyOf),
        },
      ]),
    ),
    links: fields.links.map(([a, b, since, age, alias = 0, periods = 0]): Link => {
      recordedMs += since;
      const atMs = recordedMs - age;
      const seenIn = sightPeriod(atMs) + periods;
      const link = linkOf(keyOf(a), keyOf(b), atMs, recordedMs, fields.schema === 2 ? beforeSights(seenIn) : seenIn);
      return alias === 0 ? link : aliasOf(link);
    }),
    cuts: fields.cuts.map(([left, right, atMs, askedBy, fromPersonaId, personaId]) => ({
      left: left.map(keyOf),
      right: right.map(keyOf),
      atMs,
      askedBy,
      fromPersonaId,
      personaId,
    })),
    shared: new Set(fields.shared.map(keyOf)),
    history: fields.history,
    pending: fields.pending.map(keyOf),
    ...(fields.regrouping === undefined ? {} : { isRegrouping: fields.regrouping }),
  };
}

/** Whether a link is an alias, and how many periods after its first sight its last one was; of most links neither is to be said. */
function moreOfLink({ atMs, isAlias, seenIn }: Link): number[] {
  const periods = seenIn === undefined ? 0 : seenIn - sightPeriod(atMs);
  if (periods > 0) return [isAlias ? 1 : 0, periods];
  return isAlias ? [1] : [];
}

/** When sights were first kept. What was linked before counts as seen then, so that what is shared by many does not end at once. */
const sightsKeptSinceMs = Date.UTC(2026, 10, 28);

function beforeSights(period: number): number {
  return Math.max(period, sightPeriod(sightsKeptSinceMs));
}

function wordsFrom(
  tuples: z.infer<typeof wordTuples> | undefined,
  keyOf: (index: number) => string,
): { words?: readonly Word[] } {
  if (tuples === undefined) return {};
  return { words: tuples.map(([, atMs, by]) => ({ atMs, ...(by === undefined ? {} : { by: keyOf(by) }) })) };
}

const number = z.int().min(0);
const numbers = z.array(number);

/** Number of the member, when the word arrived, and the number of who claims. */
const wordTuples = z.array(z.tuple([number, z.int(), number.optional()]));

const ClusterFields = z.object({
  /** 2: without sights. */
  schema: z.literal([2, 3]),
  cuts: z.array(z.tuple([numbers, numbers, z.int(), z.string(), z.string(), z.string()])),
  customers: z.array(z.string()),
  history: z.array(HistoryEntry),
  keys: z.array(z.string()),
  links: z.array(z.tuple([number, number, z.int(), z.int(), z.literal([0, 1]).optional(), number.optional()])),
  members: z.array(z.tuple([number, number, z.int().nullable(), z.string().optional()])),
  pending: numbers,
  regrouping: z.literal(true).optional(),
  shared: numbers,
  words: wordTuples,
});

function at(values: readonly string[]): (index: number) => string {
  return (index) => {
    const value = values[index];
    if (value === undefined) throw new RangeError(`A cluster's text names number ${index} of ${values.length}`);
    return value;
  };
}
