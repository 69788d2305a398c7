import * as z from 'zod';
import { sightPeriod } from '#domain/identity/sight-period.ts';
import { Word } from '#domain/identity/word.ts';
import { interactionTypes } from '#domain/interaction/interaction.ts';
import { sortedEntries } from '../text/bounded-map.ts';
import type { Buckets, ReadonlyBuckets } from './calendar-buckets.ts';
import { orderOfTuple, orderTuple } from './order-codec.ts';
import type { PersonaState } from './persona-state.ts';
import type { Span } from './span.ts';
import { ClaimsFields, claimsOfFields, claimsText, WordsFields, wordsOf, wordsParts } from './words-codec.ts';

/**
 * The one text of a state, as compact JSON: keys sorted, maps as sorted lists of tuples (so that no name can be mistaken for
 * a property), times in epoch milliseconds. Equal states have equal texts.
 */
export function encodeState(state: PersonaState): string {
  const sights = sightTuples(state);
  const fields = {
    campaigns: sortedEntries(state.campaigns).map(([name, { count, first, last }]) => [name, count, first, last]),
    categories: bucketTuples(state.categories),
    channels: sortedEntries(state.channels),
    groups: sortedEntries(state.groups),
    money: sortedEntries(state.purchases).map(([currency, { orders, grossMinor, refundedMinor, looseMinor, span }]) => [
      currency,
      orders,
      grossMinor,
      refundedMinor,
      ...spanTuple(span),
      ...(looseMinor === 0 ? [] : [looseMinor]),
    ]),
    products: bucketTuples(state.products),
    schema: 1,
    seen: spanTuple(state.seen),
    sessions: state.sessions,
    touchpoints: sortedEntries(state.touchpoints),
    types: interactionTypes.map((type) => state.types.get(type) ?? 0),
    // Left out while empty: most customers have none of them, and an item's size is its price.
    ...(state.events.size === 0 ? {} : { events: bucketTuples(state.events) }),
    ...(state.orders.size === 0
      ? {}
      : { orders: sortedEntries(state.orders).map(([key, order]) => [key, ...orderTuple(order)]) }),
    ...(state.spend.size === 0 ? {} : { spend: bucketTuples(state.spend) }),
    ...(state.responses.size === 0 ? {} : { responses: bucketTuples(state.responses) }),
    ...(state.links.size === 0 ? {} : { links: sortedEntries(state.links) }),
    ...(sights.length === 0 ? {} : { sights }),
    ...(state.arrivals.size === 0 ? {} : { arrivals: sortedEntries(state.arrivals) }),
    ...(state.heard === undefined ? {} : { heard: { atMs: state.heard.atMs, by: state.heard.by } }),
  };
  const parts = [
    ...wordsParts(state, true),
    ...(state.claims.size === 0 ? [] : [`"claims":${claimsText(state.claims)}`]),
  ];
  return `${JSON.stringify(fields).slice(0, -1)},${parts.join(',')}}`;
}

/** Reads the text of a state back. Throws a ZodError or SyntaxError when it is none. */
export function decodeState(text: string): PersonaState {
  const fields = StateFields.parse(JSON.parse(text));
  return {
    seen: spanOf(fields.seen[0], fields.seen[1]),
    types: new Map(interactionTypes.flatMap((type, index) => countOf(type, fields.types[index]))),
    touchpoints: new Map(fields.touchpoints),
    channels: new Map(fields.channels),
    sessions: fields.sessions,
    purchases: new Map(
      fields.money.map(([currency, orders, grossMinor, refundedMinor, first, last, looseMinor = 0]) => {
        const span = spanOf(first, last);
        return [currency, { orders, grossMinor, refundedMinor, looseMinor, ...(span === undefined ? {} : { span }) }];
      }),
    ),
    orders: new Map(fields.orders.map(([key, ...order]) => [key, orderOfTuple(order)])),
    products: bucketsOf(fields.products),
    categories: bucketsOf(fields.categories),
    campaigns: new Map(fields.campaigns.map(([name, count, first, last]) => [name, { count, first, last }])),
    groups: new Map(fields.groups),
    ...wordsOf(fields),
    claims: claimsOfFields(fields.claims),
    events: bucketsOf(fields.events),
    spend: bucketsOf(fields.spend),
    responses: bucketsOf(fields.responses),
    links: new Map(fields.links),
    sights: sightsOf(fields),
    arrivals: new Map(fields.arrivals),
    heard: fields.heard,
  };
}

const counts = z.array(z.tuple([z.string(), z.int()]));
const buckets = z.array(z.tuple([z.int(), counts]));
const time = z.int().nullable();

const StateFields = WordsFields.extend({
  schema: z.literal(1),
  campaigns: z.array(z.tuple([z.string(), z.int(), z.int(), z.int()])),
  categories: buckets,
  channels: counts,
  groups: counts,
  money: z.array(z.tuple([z.string(), z.int(), z.int(), z.int(), time, time, z.int().optional()])),
  orders: z.array(z.tuple([z.string()], z.unknown())).default([]),
  products: buckets,
  seen: z.tuple([time, time]),
  sessions: z.int(),
  touchpoints: counts,
  types: z.array(z.int()),
  events: buckets.default([]),
  spend: buckets.default([]),
  responses: buckets.default([]),
  links: counts.default([]),
  sights: z.array(z.tuple([z.int(), z.int()])).default([]),
  arrivals: counts.default([]),
  heard: Word.optional(),
  claims: ClaimsFields.default([]),
});

/** Of the links that were seen in a later period than their first: their numbers, and how many periods later. */
function sightTuples({ links, sights }: Pick<PersonaState, 'links' | 'sights'>): [number, number][] {
  return sortedEntries(links).flatMap(([key, first], number): [number, number][] => {
    const later = (sights.get(key) ?? 0) - sightPeriod(first);
    return later > 0 ? [[number, later]] : [];
  });
}

function sightsOf({ links, sights }: Pick<z.infer<typeof StateFields>, 'links' | 'sights'>): Map<string, number> {
  const later = new Map(sights);
  return new Map(links.map(([key, first], number) => [key, sightPeriod(first) + (later.get(number) ?? 0)]));
}

function spanTuple(span: Span | undefined): [number | null, number | null] {
  return [span?.first ?? null, span?.last ?? null];
}

function spanOf(first: number | null, last: number | null): Span | undefined {
  return first === null || last === null ? undefined : { first, last };
}

function countOf<Type>(type: Type, count: number | undefined): [Type, number][] {
  return count ? [[type, count]] : [];
}

function bucketTuples(buckets: ReadonlyBuckets): [number, [string, number][]][] {
  return [...buckets].sort(([a], [b]) => a - b).map(([at, names]) => [at, sortedEntries(names)]);
}

function bucketsOf(tuples: z.infer<typeof buckets>): Buckets {
  return new Map(tuples.map(([at, names]) => [at, new Map(names)]));
}
