import { firstDayOf } from '#domain/calendar/days.ts';
import { currencyCode, name, usage, wholeDays } from './call-arguments.ts';
import { customerColumns } from './customer-columns.ts';
import { countFrom, leavingDays } from './day-counts.ts';
import type { Call } from './expression.ts';
import type { RuleFacts } from './rule-facts.ts';
import { RuleFaultError } from './rule-fault.ts';
import type { RuleFunction } from './rule-function.ts';
import { double, entry } from './sql-forms.ts';

/**
 * What was paid in the last days less what was given back, in minor units of one currency: by the laws of `purchases`, with an
 * order on the day on which it was made. Days count as those of `count_since` do.
 */
export const sumSince: RuleFunction = {
  name: 'sum_since',
  isMethod: false,
  read(args, call) {
    const [event, days, currency, ...more] = args;
    if (event === undefined || days === undefined || currency === undefined || more.length > 0) {
      throw usage('sum_since("Order Completed", 30, "EUR"): currencies are not added', call);
    }
    if (name(event) !== 'Order Completed') {
      throw new RuleFaultError('Only "Order Completed" has sums: minor units of what was paid', event);
    }
    return sumOf(currencyCode(currency), wholeDays(days));
  },
};

function sumOf(currency: string, days: number): Call<'number-call', number> {
  const paidOn = ({ profile: { spend } }: RuleFacts) => spend.get(currency) ?? [];
  return {
    kind: 'number-call',
    parts: [],
    // What was given back of an order that nobody names may be more than was paid in these days.
    live: (facts) => Math.max(0, countFrom(paidOn(facts), firstDayOf(days, facts.nowMs))),
    sql({ nowMs }) {
      const spendDays = entry(customerColumns.spendDays, currency);
      const before = `cardinality(filter(${spendDays}, day -> day < ${firstDayOf(days, nowMs)}))`;
      const paid = `element_at(${entry(customerColumns.spendSince, currency)}, ${before} + 1)`;
      return double(`COALESCE(GREATEST(${paid}, 0), 0)`);
    },
    asks: [['currencies', currency]],
    changes: (facts) => leavingDays(paidOn(facts), days),
  };
}
