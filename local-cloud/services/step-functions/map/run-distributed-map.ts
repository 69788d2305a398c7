import { randomUUID } from 'node:crypto';
import { AbortedError } from '#local-cloud/services/step-functions/engine/aborted-error.ts';
import { StateError } from '#local-cloud/services/step-functions/engine/state-error.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import type { Machine } from '#local-cloud/services/step-functions/language/machine.ts';
import type { MapState } from '#local-cloud/services/step-functions/language/state.ts';
import { childInputs } from './child-inputs.ts';
import { childMachine } from './child-machine.ts';
import { mapItems } from './map-items.ts';
import { mapResult } from './map-result.ts';
import { type MapSettings, mapSettings } from './map-settings.ts';
import { readerSettings, readItems } from './read-items.ts';
import { runChildren } from './run-children.ts';

/**
 * Runs an execution for each item or batch of items, in a map run. Inputs are stored before the first of them starts: a restart and a
 * redrive go on with the same, whatever the bucket holds by then.
 */
export async function runDistributedMap(context: VisitContext, state: MapState): Promise<unknown> {
  const { visit, name, run, presence } = context;
  const machine = childMachine(run.execution.machine, name, state);
  const items = await itemsOf(context, state);
  const settings = await mapSettings(context, state);
  const mapRunArn = visit.mapRunArn ?? begin(context, machine, settings, items.length);
  const { mapRuns } = run.engine;
  try {
    const mapRun = mapRuns.byArn(mapRunArn);
    if (mapRun.childSizes === undefined) {
      const { inputs, sizes } = await childInputs(context, state, await items.read());
      mapRuns.save({ ...mapRun, childSizes: [...sizes] }, inputs);
    }
    await presence.away(runChildren(context, machine, mapRunArn));
    const result = await mapResult(context, state, mapRunArn);
    close(context, mapRunArn, 'SUCCEEDED');
    run.record('MapRunSucceeded', context.scope.lastEventId);
    run.record('MapStateSucceeded', run.execution.lastEventId);
    return result;
  } catch (error) {
    if (context.place.signal.aborted) {
      close(context, mapRunArn, 'ABORTED');
      throw new AbortedError();
    }
    if (!(error instanceof StateError)) throw error;
    const told = await mapResult(context, state, mapRunArn).then(
      () => error,
      (again: unknown) => (again instanceof StateError ? again : error),
    );
    close(context, mapRunArn, 'FAILED');
    context.record('MapRunFailed', { error: told.error, cause: told.reason });
    throw told;
  }
}

/** Where the items are from: the state's data, which is at hand, or objects, which are read when the map run has begun. */
async function itemsOf(context: VisitContext, state: MapState) {
  const { ItemReader } = state;
  if (ItemReader === undefined) {
    const items = await mapItems(context, state);
    return { length: items.length, read: async () => ({ items, source: 'STATE_DATA' }) };
  }
  const settings = await readerSettings(context, ItemReader);
  return { length: 0, read: () => readItems(context, ItemReader, settings) };
}

function begin(context: VisitContext, machine: Machine, settings: MapSettings, length: number): string {
  const { run, visit } = context;
  const arn = `${machine.arn.replace(':stateMachine:', ':mapRun:')}:${randomUUID()}`;
  run.engine.mapRuns.save({
    arn,
    executionArn: run.execution.arn,
    machineArn: machine.arn,
    status: 'RUNNING',
    startMs: run.engine.context.clock.now(),
    redriveCount: 0,
    ...settings,
  });
  context.record('MapStateStarted', { length });
  context.record('MapRunStarted', { mapRunArn: arn });
  visit.mapRunArn = arn;
  context.commit();
  return arn;
}

function close({ run }: VisitContext, arn: string, status: 'SUCCEEDED' | 'FAILED' | 'ABORTED'): void {
  const { mapRuns, context, isStopped } = run.engine;
  if (!isStopped) mapRuns.save({ ...mapRuns.byArn(arn), status, stopMs: context.clock.now() });
}
