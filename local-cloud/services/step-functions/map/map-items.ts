import * as z from 'zod';
import { evaluationError } from '#local-cloud/services/step-functions/engine/state-error.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import { evaluateAs } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import type { MapState } from '#local-cloud/services/step-functions/language/state.ts';

const list = z.array(z.unknown());

/** What a Map state goes through when it reads no objects: its Items, or its input. Throws `StateError`. */
export async function mapItems(context: VisitContext, { Items }: MapState): Promise<readonly unknown[]> {
  if (Items !== undefined) return await evaluateAs('array', list, Items, 'Items', context.bindings());
  const input = list.safeParse(context.scope.input);
  if (input.success) return input.data;
  throw evaluationError(`Map state input must be an array but was: ${JSON.stringify(context.scope.input)}`);
}
