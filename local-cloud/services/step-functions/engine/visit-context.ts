import type { Bindings } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import type { Flow } from '#local-cloud/services/step-functions/language/state.ts';
import { AbortedError } from './aborted-error.ts';
import type { Place } from './place.ts';
import type { Presence } from './presence.ts';
import type { Run } from './run.ts';
import type { Outcome, Scope, Visit } from './scope.ts';
import { visitBindings } from './visit-bindings.ts';

/** A state while a flow is in it. */
export interface VisitContext {
  readonly run: Run;
  readonly scope: Scope;
  readonly visit: Visit;
  readonly name: string;
  readonly place: Place;
  readonly presence: Presence;
  /** What expressions see, with what only some fields have: `result`, `errorOutput`. */
  bindings(extra?: Readonly<Record<string, unknown>>): Bindings;
  /** Adds an event that follows the flow's last one; the next follows it. Answers its id. */
  record(type: string, details?: Readonly<Record<string, unknown>>): number;
  /** Adds an event that follows the flow's last one as well as the next does. */
  recordAside(type: string, details?: Readonly<Record<string, unknown>>): void;
  commit(): void;
  /** Runs a flow within this state. */
  runFlow(scope: Scope, flow: Flow, place: Place): Promise<Outcome>;
}

/** What comes after a state. */
export interface Transition {
  /** Absent at the end of the flow. */
  readonly next?: string | undefined;
  readonly output: unknown;
  readonly assigned?: Readonly<Record<string, unknown>> | undefined;
}

/** The context of a visit. What it records and stores throws `AbortedError` once the place is aborted. */
export function visitContext(
  run: Run,
  scope: Scope,
  visit: Visit,
  place: Place,
  presence: Presence,
  runFlow: (run: Run, scope: Scope, flow: Flow, place: Place) => Promise<Outcome>,
): VisitContext {
  const check = (): void => {
    if (place.signal.aborted) throw new AbortedError();
  };
  return {
    run,
    scope,
    visit,
    name: scope.state,
    place,
    presence,
    bindings: (extra = {}) => visitBindings(run, scope, visit, place, extra),
    record(type, details) {
      check();
      scope.lastEventId = run.record(type, scope.lastEventId, details);
      return scope.lastEventId;
    },
    recordAside(type, details) {
      check();
      run.record(type, scope.lastEventId, details);
    },
    commit() {
      check();
      run.save(scope);
      run.commit();
    },
    runFlow: (inner, flow, innerPlace) => runFlow(run, inner, flow, innerPlace),
  };
}
