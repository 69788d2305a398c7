import { evaluate } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import type { ParallelState } from '#local-cloud/services/step-functions/language/state.ts';
import { runWithin } from './run-within.ts';
import type { VisitContext } from './visit-context.ts';

/** Runs all branches at once; the result is what each gave, in their order. */
export async function runParallel(context: VisitContext, state: ParallelState): Promise<unknown> {
  const { visit, scope } = context;
  const input =
    state.Arguments === undefined ? scope.input : await evaluate(state.Arguments, 'Arguments', context.bindings());
  if (visit.isStarted !== true) {
    visit.isStarted = true;
    context.record('ParallelStateStarted');
    context.commit();
  }
  const outputs = await runWithin(context, {
    count: state.Branches.length,
    most: state.Branches.length,
    flow: (index) => branchOf(state, index),
    input: async () => input,
  });
  context.recordAside('ParallelStateSucceeded');
  return outputs;
}

function branchOf({ Branches }: ParallelState, index: number) {
  const branch = Branches[index];
  if (branch === undefined) throw new RangeError(`there is no branch ${index}`);
  return branch;
}
