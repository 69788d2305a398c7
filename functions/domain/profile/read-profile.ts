import * as z from 'zod';
import { monthOf } from '#domain/calendar/days.ts';
import { interactionTypes } from '#domain/interaction/interaction.ts';
import { byCodeUnit, sortedEntries, sum } from '../text/bounded-map.ts';
import { consentsIn } from './consents.ts';
import { customerState } from './customer-state.ts';
import { categoryInterest, productInterest, strongestInterests } from './interests.ts';
import type { PersonaState } from './persona-state.ts';
import { purchasesOf } from './purchases.ts';
import { visibleTraits } from './traits.ts';
import { zoneIn } from './zone.ts';

const instant = z.iso.datetime({ precision: 3 });
const interest = z.object({ id: z.string(), score: z.number().describe('Interactions, halved with age') });
const counted = z.array(z.object({ name: z.string(), interactions: z.int() }));

/** A customer's live profile as the API answers it; money in integer minor units of its ISO 4217 currency. */
export const Profile = z.object({
  firstSeenAt: instant.nullable(),
  lastSeenAt: instant.nullable(),
  interactions: z.object({
    total: z.int(),
    byType: z.object({
      track: z.int(),
      identify: z.int(),
      page: z.int(),
      screen: z.int(),
      group: z.int(),
      alias: z.int(),
    }),
  }),
  traits: z.record(z.string(), z.unknown()),
  purchases: z.array(
    z.object({
      currency: z.string(),
      orders: z.int(),
      revenueMinor: z.int().describe('What was paid less what was given back'),
      refundedMinor: z.int(),
      firstAt: instant.nullable(),
      lastAt: instant.nullable(),
    }),
  ),
  interests: z.object({ products: z.array(interest), categories: z.array(interest) }),
  touchpoints: counted,
  channels: counted,
  sessions: z.object({ count: z.int() }),
  campaigns: z.array(z.object({ name: z.string(), touches: z.int(), firstAt: instant, lastAt: instant })),
  groups: z.array(z.object({ id: z.string(), lastAt: instant })),
  consents: z.array(z.object({ purpose: z.string(), granted: z.boolean(), at: instant })),
  timeZone: z.string().nullable().describe('IANA time zone'),
});
export type Profile = z.infer<typeof Profile>;

/** The profile of a customer at a time: its personas' states combined, interests decayed, hidden traits left out. */
export function readProfile(states: PersonaState | readonly PersonaState[], now: Date): Profile {
  const state = customerState([states].flat());
  const nowMonth = monthOf(now.getTime());
  const ofType = (type: (typeof interactionTypes)[number]) => state.types.get(type) ?? 0;
  return {
    firstSeenAt: timeText(state.seen?.first),
    lastSeenAt: timeText(state.seen?.last),
    interactions: {
      total: interactionTypes.map(ofType).reduce(sum, 0),
      byType: {
        track: ofType('track'),
        identify: ofType('identify'),
        page: ofType('page'),
        screen: ofType('screen'),
        group: ofType('group'),
        alias: ofType('alias'),
      },
    },
    // fromEntries makes own properties, whatever their names.
    traits: Object.fromEntries(
      [...visibleTraits(state.traits), ...visibleTraits(state.personalTraits)].sort(([a], [b]) => byCodeUnit(a, b)),
    ),
    purchases: sortedEntries(purchasesOf(state))
      .filter(([, { orders, grossMinor, refundedMinor }]) => orders !== 0 || grossMinor !== 0 || refundedMinor !== 0)
      .map(([currency, { orders, grossMinor, refundedMinor, span }]) => ({
        currency,
        orders,
        revenueMinor: sum(grossMinor, -refundedMinor),
        refundedMinor,
        firstAt: timeText(span?.first),
        lastAt: timeText(span?.last),
      })),
    interests: {
      products: strongestInterests(state.products, productInterest, nowMonth),
      categories: strongestInterests(state.categories, categoryInterest, nowMonth),
    },
    touchpoints: mostUsedFirst(state.touchpoints),
    channels: mostUsedFirst(state.channels),
    sessions: { count: state.sessions },
    campaigns: sortedEntries(state.campaigns).map(([name, { count, first, last }]) => ({
      name,
      touches: count,
      firstAt: iso(first),
      lastAt: iso(last),
    })),
    groups: sortedEntries(state.groups).map(([id, last]) => ({ id, lastAt: iso(last) })),
    consents: sortedEntries(consentsIn(state)).map(([purpose, { granted, at }]) => ({
      purpose,
      granted,
      at: iso(at),
    })),
    timeZone: zoneIn(state.zone) ?? null,
  };
}

const iso = (time: number) => new Date(time).toISOString();

function timeText(time: number | undefined): string | null {
  return time === undefined ? null : iso(time);
}

function mostUsedFirst(counts: ReadonlyMap<string, number>): Profile['touchpoints'] {
  return sortedEntries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, interactions]) => ({ name, interactions }));
}
