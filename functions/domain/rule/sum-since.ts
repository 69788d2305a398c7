import { firstDayOf } from '#domain/calendar/days.ts';
import { currencyCode, name, usage, wholeDays } from './call-arguments.ts';
import { customerColumns } from './customer-columns.ts';
import { countFrom, leavingDays } from './day-counts.ts';
import type { Call } from './expression.ts';
import type { RuleFacts } from './rule-facts.ts';
import { RuleFaultError } from './rule-fault.ts';
import type { RuleFunction } from './rule-function.ts';
import { double, entry } from './sql-forms.ts';

/** What was paid in the last days, in minor units: in one currency, or in all together. Days count as those of `count_since` do. */
export const sumSince: RuleFunction = {
  name: 'sum_since',
  isMethod: false,
  read(args, call) {
    const [event, days, currency, ...more] = args;
    if (event === undefined || days === undefined || more.length > 0) {
      throw usage('sum_since("Order Completed", 30, "EUR")', call);
    }
    if (name(event) !== 'Order Completed') {
      throw new RuleFaultError('Only "Order Completed" has sums: minor units of what was paid', event);
    }
    return sumOf(currency === undefined ? undefined : currencyCode(currency), wholeDays(days));
  },
};

function sumOf(currency: string | undefined, days: number): Call<'number-call', number> {
  const spendOf = ({ profile: { spend } }: RuleFacts) =>
    currency === undefined ? [...spend.values()] : [spend.get(currency) ?? []];
  return {
    kind: 'number-call',
    parts: [],
    live(facts) {
      const first = firstDayOf(days, facts.nowMs);
      return spendOf(facts).reduce((total, counts) => total + countFrom(counts, first), 0);
    },
    sql({ nowMs }) {
      const name = currency ?? customerColumns.allCurrencies;
      const spendDays = entry(customerColumns.spendDays, name);
      const before = `cardinality(filter(${spendDays}, day -> day < ${firstDayOf(days, nowMs)}))`;
      return double(`COALESCE(element_at(${entry(customerColumns.spendSince, name)}, ${before} + 1), 0)`);
    },
    asks: currency === undefined ? [] : [['currencies', currency]],
    changes: (facts) => spendOf(facts).flatMap((counts) => leavingDays(counts, days)),
  };
}
