import type { Execution } from '#local-cloud/services/step-functions/engine/execution.ts';
import { StateError } from '#local-cloud/services/step-functions/engine/state-error.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import type { Machine } from '#local-cloud/services/step-functions/language/machine.ts';
import { serviceFailure } from '#local-cloud/services/step-functions/tasks/service-failure.ts';
import { exceedsThreshold } from './failure-threshold.ts';
import { startChild } from './start-child.ts';

/** How many children AWS runs at a time where the state names no limit. */
const mostAtATime = 10_000;

/**
 * Runs a child execution for each stored input, those that have ended excepted, and goes on with those that have begun. Resolves when
 * all have ended; throws `States.ExceedToleratedFailureThreshold`, with the others aborted, when more items fail than may.
 */
export function runChildren(context: VisitContext, machine: Machine, mapRunArn: string): Promise<void> {
  const { engine } = context.run;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const running = new Set<string>();
  let mapRun = engine.mapRuns.byArn(mapRunArn);
  const sizes = mapRun.childSizes ?? [];
  let next = 0;
  let failedItems = 0;
  let isOver = false;

  const stop = (error: unknown): void => {
    if (isOver) return;
    isOver = true;
    for (const arn of running) if (engine.isAtWork(arn)) engine.end(arn, { status: 'ABORTED' });
    reject(error);
  };
  const count = (index: number, { status }: Execution): void => {
    if (status !== 'SUCCEEDED') failedItems += sizes[index] ?? 0;
  };
  const startNext = (): void => {
    const index = next++;
    const known = engine.store.child(mapRunArn, index);
    if (known !== undefined && hasEnded(known)) {
      count(index, known);
      return;
    }
    const child = startChild(context, machine, mapRunArn, index, known);
    running.add(child.arn);
    void child.ended.then((execution) => {
      running.delete(child.arn);
      count(index, execution);
      goOn();
    });
  };
  const goOn = (): void => {
    const most = mapRun.maxConcurrency === 0 ? mostAtATime : mapRun.maxConcurrency;
    try {
      while (!isOver && !engine.isStopped && !exceedsThreshold(mapRun, failedItems)) {
        if (next < sizes.length && running.size < most) startNext();
        else break;
      }
    } catch (error) {
      stop(serviceFailure(error, 'StepFunctions'));
    }
    if (exceedsThreshold(mapRun, failedItems)) stop(thresholdExceeded());
    else if (next >= sizes.length && running.size === 0) resolve();
  };
  const forget = engine.mapRuns.onChange(mapRunArn, () => {
    mapRun = engine.mapRuns.byArn(mapRunArn);
    goOn();
  });
  context.place.signal.addEventListener('abort', () => stop(thresholdExceeded()), { once: true });
  goOn();
  return promise.finally(forget);
}

function hasEnded({ status }: Execution): boolean {
  return status !== 'RUNNING' && status !== 'PENDING_REDRIVE';
}

function thresholdExceeded(): StateError {
  return new StateError(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );
}
