import { AbortedError } from './aborted-error.ts';
import { type FlowsWithin, flowsWithin } from './flows-within.ts';
import { newScope, type Scope } from './scope.ts';
import { StateError } from './state-error.ts';
import { tellFailure } from './tell-failure.ts';
import type { VisitContext } from './visit-context.ts';

/**
 * Runs flows within a state and answers their outputs in order. The first failure aborts the others and is thrown as `StateError`;
 * where each of them stood is kept, for a redrive.
 */
export async function runWithin(context: VisitContext, flows: FlowsWithin): Promise<readonly unknown[]> {
  const { scope, place } = context;
  const controller = new AbortController();
  place.signal.addEventListener('abort', () => controller.abort(), { once: true });
  const begunFromEventId = scope.lastEventId;
  const begun = new Map<number, Scope>();
  const outputs: unknown[] = [];
  let next = 0;

  /** One after another, so that each begins where the one before it ended. */
  const runSome = async (): Promise<void> => {
    let previousEventId = begunFromEventId;
    while (next < flows.count) {
      const index = next++;
      const within = await begin(context, flows, index, previousEventId);
      begun.set(index, within);
      const isNew = within.outcome === undefined;
      const outcome = await context.runFlow(within, flows.flow(index), {
        signal: controller.signal,
        outerVariables: { ...place.outerVariables, ...scope.variables },
        ...(flows.mapItem === undefined ? {} : { mapItem: flows.mapItem(index) }),
      });
      if (controller.signal.aborted) throw new AbortedError();
      if (outcome.kind === 'failed') throw new FailedFlow(index, outcome.error, outcome.cause);
      outputs[index] = outcome.output;
      previousEventId = within.lastEventId;
      if (!isNew) continue;
      scope.lastEventId = flows.tell?.('Succeeded', index, previousEventId) ?? previousEventId;
      context.commit();
    }
  };
  try {
    // Each begins before any of them goes on.
    await Promise.all(Array.from({ length: Math.min(flows.most, flows.count) }, runSome));
    return outputs;
  } catch (error) {
    controller.abort();
    if (error instanceof StateError) {
      tellFailure(context, flows, begun, error instanceof FailedFlow ? error.index : undefined);
      throw new StateError(error.error, error.reason, error.fault);
    }
    throw error;
  }
}

/** The failure of one flow, which is that of the state around it. */
class FailedFlow extends StateError {
  readonly index: number;
  constructor(index: number, error: string | undefined, reason: string | undefined) {
    super(error, reason);
    this.index = index;
  }
}

async function begin(
  context: VisitContext,
  flows: FlowsWithin,
  index: number,
  previousEventId: number,
): Promise<Scope> {
  const path = `${flowsWithin(context)}/${index}`;
  const stored = context.run.scope(path);
  if (stored !== undefined) return stored;
  const input = await flows.input(index);
  const lastEventId = flows.tell?.('Started', index, previousEventId) ?? previousEventId;
  const scope = newScope(path, flows.flow(index).StartAt, input, lastEventId);
  context.run.save(scope);
  return scope;
}
