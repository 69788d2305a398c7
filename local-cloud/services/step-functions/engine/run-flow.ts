import type { Flow, State } from '#local-cloud/services/step-functions/language/state.ts';
import { AbortedError } from './aborted-error.ts';
import { flowsWithin } from './flows-within.ts';
import { document } from './history-event.ts';
import type { Place } from './place.ts';
import { createPresence, type Presence } from './presence.ts';
import { recover } from './recover.ts';
import type { Run } from './run.ts';
import { runState } from './run-state.ts';
import type { Outcome, Scope, Visit } from './scope.ts';
import { StateError } from './state-error.ts';
import { type Transition, type VisitContext, visitContext } from './visit-context.ts';

/**
 * Runs a flow of states from where its scope stands to its end; the outcome is in its scope too, not yet stored. Throws `AbortedError`
 * when its place is aborted.
 */
export async function runFlow(run: Run, scope: Scope, flow: Flow, place: Place): Promise<Outcome> {
  const presence = createPresence(run.engine.context.activity);
  presence.enter();
  try {
    while (scope.outcome === undefined) {
      const state = flow.States[scope.state];
      if (state === undefined) throw new Error(`${run.execution.arn} is in ${scope.state}, which is no state`);
      await visitState(run, scope, state, place, presence);
      if (place.signal.aborted) throw new AbortedError();
    }
    return scope.outcome;
  } finally {
    presence.leave();
  }
}

async function visitState(run: Run, scope: Scope, state: State, place: Place, presence: Presence): Promise<void> {
  const visit = scope.visit ?? enter(run, scope, state);
  const context = visitContext(run, scope, visit, place, presence, runFlow);
  if (state.Type !== 'Wait') await waitForRetry(context);
  try {
    exit(context, state, await runState(context, state));
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    const caught = await recover(context, state, error);
    if (caught !== undefined) exit(context, state, caught);
  }
}

function enter(run: Run, scope: Scope, state: State): Visit {
  const cameFromEventId = scope.lastEventId;
  const details = { ...document('input', scope.input), name: scope.state };
  scope.lastEventId = run.record(`${state.Type}StateEntered`, cameFromEventId, details);
  run.engine.context.meter.transitioned(run.execution.machine.name);
  const visit: Visit = {
    enteredEventId: scope.lastEventId,
    cameFromEventId,
    enteredMs: run.engine.context.clock.now(),
    retries: [],
    ...('Retry' in state ? { retryCount: 0 } : {}),
  };
  scope.visit = visit;
  run.save(scope);
  return visit;
}

/** What is to be tried again counts, like every step, as a transition. */
async function waitForRetry({ visit, run, place, presence }: VisitContext): Promise<void> {
  if (visit.waitUntilMs === undefined) return;
  await presence.away(run.engine.timers.at(visit.waitUntilMs, place.signal));
  delete visit.waitUntilMs;
  run.engine.context.meter.transitioned(run.execution.machine.name);
}

function exit(context: VisitContext, state: State, { next, output, assigned }: Transition): void {
  const { scope, run } = context;
  context.record(`${state.Type}StateExited`, {
    name: scope.state,
    ...document('output', output),
    ...(assigned === undefined ? {} : assignedVariables(assigned)),
  });
  scope.variables = { ...scope.variables, ...assigned };
  if (state.Type === 'Map' || state.Type === 'Parallel') run.forget(flowsWithin(context));
  delete scope.visit;
  if (next === undefined) {
    scope.outcome = { kind: 'succeeded', output };
    // Stored with what comes of it.
    run.save(scope);
    return;
  }
  scope.state = next;
  scope.input = output;
  context.commit();
}

function assignedVariables(assigned: Readonly<Record<string, unknown>>) {
  const texts = Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]);
  return { assignedVariables: Object.fromEntries(texts), assignedVariablesDetails: { truncated: false } };
}
