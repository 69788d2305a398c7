import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { BudgetRecord } from '#domain/budget/budget-record.ts';
import type { BudgetPeriodKey } from '#ports/budget-store.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import type { ItemKey } from '../dynamodb/read-items.ts';

/** Key of a budget's period in the budgets table. */
export function budgetKey({ budgetId, period }: BudgetPeriodKey): ItemKey {
  return { pk: `budget#${budgetId}`, sk: period };
}

/** Each open lease is an attribute of its own, so that one update can change it and what is leased together. */
export const leaseAttribute = (leaseId: string) => `lease#${leaseId}`;

/** Reads a budget's item. Throws {@link UnexpectedShapeError}. */
export function recordOf(item: Record<string, AttributeValue> | undefined): BudgetRecord {
  const prefix = leaseAttribute('');
  const leases = Object.entries(item ?? {})
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]): [string, number] => [name.slice(prefix.length), numberIn(value, name)]);
  return {
    leased: numberIn(item?.leased, 'leased'),
    priced: numberIn(item?.priced, 'priced'),
    // Records of before have a sum that nothing reads any more.
    logWorth: item?.logWorth === undefined ? 0 : numberIn(item.logWorth, 'logWorth'),
    leases: new Map(leases),
  };
}

function numberIn(value: AttributeValue | undefined, name: string): number {
  const number = Number(value?.N);
  if (!Number.isFinite(number)) throw new UnexpectedShapeError(`A budget's item has no number called ${name}`);
  return number;
}
