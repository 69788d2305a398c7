import type { StoredMapRun } from '#local-cloud/services/step-functions/map/stored-map-run.ts';
import type { ExecutionStore } from '#local-cloud/services/step-functions/store/execution-store.ts';

const statuses = {
  aborted: 'ABORTED',
  failed: 'FAILED',
  pendingRedrive: 'PENDING_REDRIVE',
  running: 'RUNNING',
  succeeded: 'SUCCEEDED',
  timedOut: 'TIMED_OUT',
} as const;

/** A map run in a list; times are epoch seconds on the wire. */
export function listedMapRun({ arn, executionArn, machineArn, startMs, stopMs }: StoredMapRun) {
  return {
    executionArn,
    mapRunArn: arn,
    stateMachineArn: machineArn,
    startDate: startMs / 1000,
    ...(stopMs === undefined ? {} : { stopDate: stopMs / 1000 }),
  };
}

/** What DescribeMapRun answers: how far it is, by children and by the items in them. */
export function describeMapRun(mapRun: StoredMapRun, store: ExecutionStore): Readonly<Record<string, unknown>> {
  const { arn, childSizes = [], stopMs, redriveMs } = mapRun;
  const children = store.childStatuses(arn);
  return {
    mapRunArn: arn,
    executionArn: mapRun.executionArn,
    status: mapRun.status,
    startDate: mapRun.startMs / 1000,
    ...(stopMs === undefined ? {} : { stopDate: stopMs / 1000 }),
    maxConcurrency: mapRun.maxConcurrency,
    toleratedFailureCount: mapRun.toleratedFailureCount ?? 0,
    toleratedFailurePercentage: mapRun.toleratedFailurePercentage ?? 0,
    executionCounts: counts(mapRun, children, childSizes.length, () => 1),
    itemCounts: counts(mapRun, children, sum(childSizes), (index) => childSizes[index] ?? 0),
    ...(mapRun.redriveCount === 0 ? {} : { redriveCount: mapRun.redriveCount }),
    ...(redriveMs === undefined ? {} : { redriveDate: redriveMs / 1000 }),
  };
}

function counts(
  { status }: StoredMapRun,
  children: ReadonlyMap<number, string>,
  total: number,
  sizeOf: (index: number) => number,
) {
  const begun = [...children];
  const of = (wanted: string) => sum(begun.filter(([, one]) => one === wanted).map(([index]) => sizeOf(index)));
  const { pendingRedrive, ...known } = Object.fromEntries(
    Object.entries(statuses).map(([name, wanted]) => [name, of(wanted)]),
  );
  return {
    ...known,
    ...(pendingRedrive === 0 ? {} : { pendingRedrive }),
    pending: total - sum(begun.map(([index]) => sizeOf(index))),
    total,
    // Results are put together when the map run ends.
    resultsWritten: status === 'SUCCEEDED' ? total : 0,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
