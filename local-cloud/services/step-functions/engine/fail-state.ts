import * as z from 'zod';
import { evaluateAs } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import type { FailState } from '#local-cloud/services/step-functions/language/state.ts';
import { StateError } from './state-error.ts';
import type { VisitContext } from './visit-context.ts';

/** Throws the error that the state is there for. */
export async function failState(context: VisitContext, { Error: error, Cause }: FailState): Promise<never> {
  const text = async (value: string | undefined, location: string) =>
    value === undefined ? undefined : await evaluateAs('string', z.string(), value, location, context.bindings());
  throw new StateError(await text(error, 'Error'), await text(Cause, 'Cause'));
}
