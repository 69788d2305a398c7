import { currencyCode, only } from '#domain/rule/call-arguments.ts';
import { customerColumns } from '#domain/rule/customer-columns.ts';
import type { RuleFunction } from '#domain/rule/rule-function.ts';
import { double, entry } from '#domain/rule/sql-forms.ts';

/** What an order was worth on average, in minor units without what was paid back; missing without any. */
export const averageOrder: RuleFunction = {
  name: 'average_order',
  isMethod: false,
  read(args, call) {
    const currency = currencyCode(only(args, call, 'average_order("EUR")'));
    return {
      kind: 'number-call',
      parts: [],
      live({ profile }) {
        const purchases = profile.purchases.get(currency);
        if (purchases === undefined || purchases.orders === 0) return undefined;
        return (purchases.grossMinor - purchases.refundedMinor) / purchases.orders;
      },
      sql() {
        const { grossMinor, refundedMinor, orders } = customerColumns.purchases;
        const of = (column: string) => double(entry(column, currency));
        return `((${of(grossMinor)} - ${of(refundedMinor)}) / NULLIF(${of(orders)}, 0))`;
      },
      asks: [['currencies', currency]],
    };
  },
};
