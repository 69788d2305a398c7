import type { StoredMapRun } from './stored-map-run.ts';

/** Whether more of a map run's items have failed than may: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
export function exceedsThreshold(
  { toleratedFailureCount, toleratedFailurePercentage, childSizes = [] }: StoredMapRun,
  failedItems: number,
): boolean {
  if (toleratedFailureCount === undefined && toleratedFailurePercentage === undefined) return failedItems > 0;
  const items = childSizes.reduce((sum, size) => sum + size, 0);
  return (
    (toleratedFailureCount !== undefined && failedItems > toleratedFailureCount) ||
    (toleratedFailurePercentage !== undefined && failedItems > (items * toleratedFailurePercentage) / 100)
  );
}
