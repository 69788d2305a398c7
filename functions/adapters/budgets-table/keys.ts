import type { ItemKey } from '#adapters/dynamodb/read-items.ts';
import type { BudgetPeriodKey } from '#ports/budget-store.ts';

/**
 * The key design of the budgets table.
 *
 * | partition     | sort key       | item                                                                        |
 * |---------------|----------------|-----------------------------------------------------------------------------|
 * | `budget#<id>` | `<period>`     | what is leased of a budget's period, each open lease an attribute of its own |
 * | `arrivals`    | `<day>`, UTC   | how many decisions came in each hour of the day                             |
 */
export const budgetKey = ({ budgetId, period }: BudgetPeriodKey): ItemKey => ({ pk: `budget#${budgetId}`, sk: period });

export const arrivalsKey = (day: string): ItemKey => ({ pk: 'arrivals', sk: day });

const leases = 'lease#';

/** The attribute of a lease: so one update can change it and what is leased together. */
export const leaseAttribute = (leaseId: string) => `${leases}${leaseId}`;

/** The lease that an attribute is of; undefined when it is of none. */
export const leaseOfAttribute = (name: string) => (name.startsWith(leases) ? name.slice(leases.length) : undefined);
