import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { BudgetRecord } from '#domain/budget/budget-record.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import { leaseOfAttribute } from './keys.ts';

/** Reads a budget's item. Throws {@link UnexpectedShapeError}. */
export function recordOf(item: Record<string, AttributeValue> | undefined): BudgetRecord {
  const leases = Object.entries(item ?? {}).flatMap(([name, value]): [string, number][] => {
    const leaseId = leaseOfAttribute(name);
    return leaseId === undefined ? [] : [[leaseId, numberIn(value, name)]];
  });
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
