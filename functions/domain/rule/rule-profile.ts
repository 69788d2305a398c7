import type { ReadonlyBuckets } from '#domain/profile/calendar-buckets.ts';
import { customerState } from '#domain/profile/customer-state.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { purchasesOf, spendOf } from '#domain/profile/purchases.ts';
import { visibleTraits } from '#domain/profile/traits.ts';
import { sum } from '#domain/text/bounded-map.ts';

/** What rules can ask of a customer: nothing in it depends on the time of asking. Counts are non-negative integers. */
export interface RuleProfile {
  /** Traits that the lake has too, as JSON values, none of them null. */
  readonly traits: ReadonlyMap<string, unknown>;
  /** Reserved personal traits: they never leave the live profile. */
  readonly personal: ReadonlyMap<string, unknown>;
  readonly sessions: number;
  readonly interactions: number;
  /** Orders in all currencies. */
  readonly orders: number;
  /** Epoch milliseconds. */
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
  readonly firstPurchase: number | undefined;
  readonly lastPurchase: number | undefined;
  readonly purchases: ReadonlyMap<string, RulePurchases>;
  readonly types: ReadonlyMap<string, number>;
  readonly touchpoints: ReadonlyMap<string, number>;
  readonly channels: ReadonlyMap<string, number>;
  readonly campaigns: ReadonlyMap<string, number>;
  /** Interactions that named a product, in the three calendar months to the last interaction. */
  readonly products: ReadonlyMap<string, number>;
  /** Interactions that named a category, in the twelve calendar months to the last interaction. */
  readonly categories: ReadonlyMap<string, number>;
  /** Track events of the last days by name. */
  readonly events: ReadonlyMap<string, readonly DayCount[]>;
  /** Minor units paid in the last days by currency. */
  readonly spend: ReadonlyMap<string, readonly DayCount[]>;
}

/** Purchases in one currency, in minor units. */
export interface RulePurchases {
  readonly orders: number;
  readonly grossMinor: number;
  readonly refundedMinor: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
}

/** An amount on a day, UTC, counted from 1970-01-01. */
export interface DayCount {
  readonly day: number;
  readonly count: number;
}

/** The profile of a customer from the states of its personas, in any order. */
export function ruleProfileOf(states: readonly PersonaState[]): RuleProfile {
  const state = customerState(states);
  const purchases = purchasesOf(state);
  const spans = [...purchases.values()].flatMap(({ span }) => span ?? []);
  return {
    traits: new Map(visibleTraits(state.traits)),
    personal: new Map(visibleTraits(state.personalTraits)),
    sessions: state.sessions,
    interactions: total(state.types.values()),
    orders: total([...purchases.values()].map(({ orders }) => orders)),
    firstSeen: state.seen?.first,
    lastSeen: state.seen?.last,
    firstPurchase: spans.length === 0 ? undefined : Math.min(...spans.map(({ first }) => first)),
    lastPurchase: spans.length === 0 ? undefined : Math.max(...spans.map(({ last }) => last)),
    purchases: new Map(
      [...purchases].map(([currency, { orders, grossMinor, refundedMinor, span }]) => [
        currency,
        { orders, grossMinor, refundedMinor, first: span?.first, last: span?.last },
      ]),
    ),
    types: state.types,
    touchpoints: state.touchpoints,
    channels: state.channels,
    campaigns: new Map([...state.campaigns].map(([name, { count }]) => [name, count])),
    products: totals(state.products),
    categories: totals(state.categories),
    events: byName(state.events),
    spend: byName(spendOf(state)),
  };
}

function total(counts: Iterable<number>): number {
  let all = 0;
  for (const count of counts) all = sum(all, count);
  return all;
}

function totals(buckets: ReadonlyBuckets): Map<string, number> {
  const all = new Map<string, number>();
  for (const counts of buckets.values()) {
    for (const [name, count] of counts) all.set(name, sum(all.get(name) ?? 0, count));
  }
  return all;
}

function byName(buckets: ReadonlyBuckets): Map<string, DayCount[]> {
  const all = new Map<string, DayCount[]>();
  for (const [day, counts] of buckets) {
    for (const [name, count] of counts) {
      const days = all.get(name);
      if (days === undefined) all.set(name, [{ day, count }]);
      else days.push({ day, count });
    }
  }
  return all;
}
