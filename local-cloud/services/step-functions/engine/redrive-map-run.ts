import type { Run } from './run.ts';

/** Prepares a map run to go on: its children that failed or were aborted are to be redriven, and only they. */
export function redriveMapRun(
  { engine, record }: Pick<Run, 'engine' | 'record'>,
  arn: string,
  lastEventId: number,
): number {
  const { mapRuns, store, context } = engine;
  const { stopMs: _, ...mapRun } = mapRuns.byArn(arn);
  const redriveCount = mapRun.redriveCount + 1;
  store.setPendingRedrive(arn);
  mapRuns.save({ ...mapRun, status: 'RUNNING', redriveCount, redriveMs: context.clock.now() });
  return record('MapRunRedriven', lastEventId, { mapRunArn: arn, redriveCount });
}
