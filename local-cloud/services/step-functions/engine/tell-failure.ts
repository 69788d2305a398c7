import type { FlowsWithin } from './flows-within.ts';
import type { Scope } from './scope.ts';
import type { VisitContext } from './visit-context.ts';

/** The kinds of states that have an event for being aborted. */
const abortable: ReadonlySet<string> = new Set(['Map', 'Parallel', 'Task', 'Wait']);

/**
 * Adds the events of a Map or Parallel state of which a flow failed: that of the flow, and those of the others that are aborted. All
 * follow the event that the failed one ended with, as what the state itself does next.
 */
export function tellFailure(
  context: VisitContext,
  flows: FlowsWithin,
  begun: ReadonlyMap<number, Scope>,
  failed: number | undefined,
): void {
  const { scope, run } = context;
  const failedScope = failed === undefined ? undefined : begun.get(failed);
  if (failedScope !== undefined) scope.lastEventId = failedScope.lastEventId;
  const { lastEventId } = scope;
  const typeOf = (index: number, { state }: Scope) => flows.flow(index).States[state]?.Type ?? '';
  if (failed !== undefined && failedScope !== undefined) {
    flows.tell?.('Failed', failed, lastEventId);
    if (typeOf(failed, failedScope) === 'Task') run.record('TaskStateAborted', lastEventId);
  }
  for (const [index, other] of begun) {
    if (index === failed || other.outcome?.kind === 'succeeded') continue;
    flows.tell?.('Aborted', index, lastEventId);
    const type = typeOf(index, other);
    if (abortable.has(type)) run.record(`${type}StateAborted`, lastEventId);
  }
}
