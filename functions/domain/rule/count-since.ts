import { firstDayOf } from '#domain/calendar/days.ts';
import { both, name, wholeDays } from './call-arguments.ts';
import { customerColumns } from './customer-columns.ts';
import { countFrom, leavingDays } from './day-counts.ts';
import type { RuleFunction } from './rule-function.ts';
import { double, entry } from './sql-forms.ts';

/** How often something happened in the last days, an order once however often it is told. Days are those of UTC; a window of n days has today and the n − 1 before, and what follows. */
export const countSince: RuleFunction = {
  name: 'count_since',
  isMethod: false,
  read(args, call) {
    const [first, second] = both(args, call, 'count_since("Order Completed", 30)');
    const [event, days] = [name(first), wholeDays(second)];
    return {
      kind: 'number-call',
      parts: [],
      live: ({ profile, nowMs }) => countFrom(profile.events.get(event), firstDayOf(days, nowMs)),
      sql({ nowMs }) {
        const column = entry(customerColumns.eventDays, event);
        return double(`COALESCE(cardinality(filter(${column}, day -> day >= ${firstDayOf(days, nowMs)})), 0)`);
      },
      asks: [['events', event]],
      changes: ({ profile }) => leavingDays(profile.events.get(event), days),
    };
  },
};
