import { dayNumberOf, monthOf } from '#domain/calendar/days.ts';
import { joinConsents } from '#domain/consent/consent-registers.ts';
import { firstWord } from '#domain/identity/word.ts';
import { joinAll, sum } from '../text/bounded-map.ts';
import { eventWindow, spendWindow } from './activity.ts';
import { addBuckets, dropOldBuckets } from './calendar-buckets.ts';
import { joinClaim } from './claims.ts';
import { categoryInterest, productInterest } from './interests.ts';
import { joinOrders } from './order-record.ts';
import { draftOfState, type PersonaState, type StateDraft, type Touches } from './persona-state.ts';
import { addPurchases } from './purchases.ts';
import { responseWindow } from './responses.ts';
import { hull, type Span } from './span.ts';
import { laterOf } from './traits.ts';
import { laterZone } from './zone.ts';

/**
 * The state of two personas together: associative, commutative, with `emptyState()` as identity. An order that both keep counts
 * once, a session that both took part in counts in each. It has every name that either keeps: a combination is read, never stored.
 */
export function combine(a: PersonaState, b: PersonaState): PersonaState {
  const draft = draftOfState(a);
  for (const [type, count] of b.types) draft.types.set(type, sum(draft.types.get(type) ?? 0, count));
  joinAll(draft.touchpoints, b.touchpoints, sum);
  joinAll(draft.channels, b.channels, sum);
  draft.sessions = sum(draft.sessions, b.sessions);
  joinAll(draft.purchases, b.purchases, addPurchases);
  joinAll(draft.orders, b.orders, joinOrders);
  joinAll(draft.campaigns, b.campaigns, addTouches);
  joinAll(draft.groups, b.groups, Math.max);
  joinAll(draft.traits, b.traits, laterOf);
  joinAll(draft.personalTraits, b.personalTraits, laterOf);
  joinAll(draft.links, b.links, Math.min);
  joinAll(draft.sights, b.sights, Math.max);
  joinAll(draft.arrivals, b.arrivals, Math.min);
  draft.heard = firstWord(draft.heard, b.heard);
  joinConsents(draft.consents, b.consents);
  for (const [source, claims] of b.claims) joinClaim(draft.claims, source, claims);
  draft.zone = laterZone(draft.zone, b.zone);
  addBuckets(draft.products, b.products);
  addBuckets(draft.categories, b.categories);
  addBuckets(draft.events, b.events);
  addBuckets(draft.spend, b.spend);
  addBuckets(draft.responses, b.responses);
  if (b.seen) advance(draft, b.seen);
  return draft;
}

/** Adds what two touches of one name count. */
export function addTouches(a: Touches, b: Touches): Touches {
  return { count: sum(a.count, b.count), ...hull(a, b) };
}

/** Widens the time seen and drops the counts that fall out of their windows. */
export function advance(draft: StateDraft, seen: Span): void {
  const wide = draft.seen ? hull(draft.seen, seen) : seen;
  draft.seen = wide;
  const month = monthOf(wide.last);
  const day = dayNumberOf(wide.last);
  // Buckets are dropped even when the watermark stays, for combining may have brought older ones in.
  dropOldBuckets(draft.products, productInterest, month);
  dropOldBuckets(draft.categories, categoryInterest, month);
  dropOldBuckets(draft.events, eventWindow, day);
  dropOldBuckets(draft.spend, spendWindow, day);
  dropOldBuckets(draft.responses, responseWindow, day);
}
