import { eventWindow, spendWindow } from './activity.ts';
import { joinAll, sum } from './bounded-map.ts';
import { addBuckets, dayNumberOf, dropOldBuckets, monthOf } from './calendar-buckets.ts';
import { mostConsents } from './consents.ts';
import { categoryInterest, productInterest } from './interests.ts';
import {
  draftOfState,
  mostLinks,
  mostNames,
  type PersonaState,
  type StateDraft,
  type Touches,
} from './persona-state.ts';
import { addPurchases, mostCurrencies } from './purchases.ts';
import { responseWindow } from './responses.ts';
import { hull, type Span } from './span.ts';
import { laterOf, mostPersonalTraits, mostTraits } from './traits.ts';
import { laterZone } from './zone.ts';

/**
 * The state of two personas together: associative, commutative, with `emptyState()` as identity. An order or a session that
 * both took part in counts in each.
 */
export function combine(a: PersonaState, b: PersonaState): PersonaState {
  const draft = draftOfState(a);
  for (const [type, count] of b.types) draft.types.set(type, sum(draft.types.get(type) ?? 0, count));
  joinAll(draft.touchpoints, b.touchpoints, sum, mostNames);
  joinAll(draft.channels, b.channels, sum, mostNames);
  draft.sessions = sum(draft.sessions, b.sessions);
  joinAll(draft.purchases, b.purchases, addPurchases, mostCurrencies);
  joinAll(draft.campaigns, b.campaigns, addTouches, mostNames);
  joinAll(draft.groups, b.groups, Math.max, mostNames);
  joinAll(draft.traits, b.traits, laterOf, mostTraits);
  joinAll(draft.personalTraits, b.personalTraits, laterOf, mostPersonalTraits);
  joinAll(draft.links, b.links, Math.min, mostLinks);
  joinAll(draft.consents, b.consents, laterOf, mostConsents);
  draft.zone = laterZone(draft.zone, b.zone);
  addBuckets(draft.products, b.products, productInterest);
  addBuckets(draft.categories, b.categories, categoryInterest);
  addBuckets(draft.events, b.events, eventWindow);
  addBuckets(draft.spend, b.spend, spendWindow);
  addBuckets(draft.responses, b.responses, responseWindow);
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
