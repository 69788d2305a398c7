import type { Engine } from './engine/engine.ts';
import type { Execution } from './engine/execution.ts';
import type { Machines } from './machines.ts';
import { describeMapRun } from './wire/wire-map-run.ts';

/** How many executions of a machine are shown, and how many events of one. */
const mostShown = 100;
const mostEvents = 25_000;

/** What somebody at the keyboard wants to see of executions; undefined when there is none of that ARN. */
export function shownExecutions({ store }: Engine, machines: Machines, arn?: string): object | undefined {
  if (arn === undefined) {
    return machines.all().flatMap((machine) =>
      store.list({ machineArn: machine.arn, skip: 0, most: mostShown }).map((execution) => ({
        machine: machine.name,
        ...shown(execution),
      })),
    );
  }
  const execution = store.find(arn);
  if (execution === undefined) return undefined;
  return {
    ...shown(execution),
    input: execution.input,
    output: execution.output,
    at: store.scopes(arn).flatMap(({ path, state, outcome }) => (outcome === undefined ? [{ path, state }] : [])),
    mapRuns: store.mapRunsOf(arn).map((mapRun) => describeMapRun(mapRun, store)),
    history: store.history(arn, { skip: 0, most: mostEvents, reverse: false }),
  };
}

function shown({ arn, name, status, startMs, stopMs, error, cause, redriveCount }: Execution) {
  return {
    executionArn: arn,
    name,
    status,
    started: new Date(startMs).toISOString(),
    stopped: stopMs === undefined ? undefined : new Date(stopMs).toISOString(),
    error,
    cause,
    redriveCount,
  };
}
