import * as z from 'zod';
import { evaluateAs } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import type { ChoiceState } from '#local-cloud/services/step-functions/language/state.ts';
import { StateError } from './state-error.ts';
import { stateOutput } from './state-output.ts';
import type { Transition, VisitContext } from './visit-context.ts';

/** Goes where the first rule says that holds; Assign and Output of the state itself are those of its Default. */
export async function chooseState(context: VisitContext, state: ChoiceState): Promise<Transition> {
  const { input } = context.scope;
  for (const [index, rule] of state.Choices.entries()) {
    const location = `Choices[${index}]/`;
    const holds = await evaluateAs('boolean', z.boolean(), rule.Condition, `${location}Condition`, context.bindings());
    if (holds) return { ...(await stateOutput(context, rule, input, {}, location)), next: rule.Next };
  }
  if (state.Default === undefined) {
    throw new StateError(
      'States.NoChoiceMatched',
      `Failed to transition out of the state '${context.name}'. The state does not point to a next state.`,
    );
  }
  return { ...(await stateOutput(context, state, input)), next: state.Default };
}
