import { dayNumberOf } from '#domain/calendar/days.ts';
import type { DayCount } from '#domain/profile/counts-by-name.ts';
import type { RulePurchases } from '#domain/profile/money-signal.ts';
import { type Count, mostDays, type PurchaseNumber, type Time } from './expression.ts';
import type { RuleFacts } from './rule-facts.ts';

type NumberReader = (facts: RuleFacts) => number | undefined;
type Of<Kind extends Count['kind']> = Extract<Count, { kind: Kind }>;

/** Numbers that stand in the profile. The six types of interaction have a count always, other names only when they occurred. */
export function countReader(expression: Of<'profile-number' | 'named-count' | 'purchase-number'>): NumberReader {
  switch (expression.kind) {
    case 'profile-number':
      return ({ profile }) => profile[expression.field];
    case 'named-count': {
      const { map, name } = expression;
      const otherwise = map === 'types' ? 0 : undefined;
      return ({ profile }) => profile[map].get(name) ?? otherwise;
    }
    case 'purchase-number': {
      const read = purchaseNumbers[expression.field];
      return ({ profile }) => {
        const purchases = profile.purchases.get(expression.currency);
        return purchases === undefined ? undefined : read(purchases);
      };
    }
  }
}

/** Times that stand in the profile. */
export function timeReader(expression: Extract<Time, { kind: 'profile-time' | 'purchase-time' }>): NumberReader {
  if (expression.kind === 'profile-time') return ({ profile }) => profile[expression.field];
  return ({ profile }) => profile.purchases.get(expression.currency)?.[expression.field];
}

/** Days from the last event of a name to today; unknown when it is longer ago than profiles remember. */
export function daysSinceEvent(event: string): NumberReader {
  return ({ profile, nowMs }) => {
    const last = lastOf(profile.events.get(event));
    const days = last === undefined ? undefined : dayNumberOf(nowMs) - last;
    return days === undefined || days > mostDays ? undefined : days;
  };
}

/** Days from a time's day to today, negative when it lies ahead. */
export function daysSinceTime(time: NumberReader): NumberReader {
  return (facts) => {
    const at = time(facts);
    return at === undefined ? undefined : dayNumberOf(facts.nowMs) - dayNumberOf(at);
  };
}

const purchaseNumbers: Readonly<Record<PurchaseNumber, (purchases: RulePurchases) => number>> = {
  orders: ({ orders }) => orders,
  grossMinor: ({ grossMinor }) => grossMinor,
  refundedMinor: ({ refundedMinor }) => refundedMinor,
  netMinor: ({ grossMinor, refundedMinor }) => grossMinor - refundedMinor,
};

/** The last day on which something was counted. */
function lastOf(counts: readonly DayCount[] | undefined): number | undefined {
  let last: number | undefined;
  if (counts !== undefined) for (const { day } of counts) if (last === undefined || day > last) last = day;
  return last;
}
