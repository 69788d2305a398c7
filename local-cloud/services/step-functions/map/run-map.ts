import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import type { MapState } from '#local-cloud/services/step-functions/language/state.ts';
import { runDistributedMap } from './run-distributed-map.ts';
import { runInlineMap } from './run-inline-map.ts';

/** Runs a Map state; the result is what each iteration gave, in the order of the items. */
export async function runMap(context: VisitContext, state: MapState): Promise<unknown> {
  return state.ItemProcessor.ProcessorConfig.Mode === 'INLINE'
    ? await runInlineMap(context, state)
    : await runDistributedMap(context, state);
}
