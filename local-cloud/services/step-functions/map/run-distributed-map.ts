import { StateError } from '#local-cloud/services/step-functions/engine/state-error.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import type { MapState } from '#local-cloud/services/step-functions/language/state.ts';

export async function runDistributedMap(context: VisitContext, state: MapState): Promise<unknown> {
  throw new StateError('States.Runtime', `${context.name} ${state.Type}`);
}
