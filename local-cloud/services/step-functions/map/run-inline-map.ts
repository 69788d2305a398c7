import { runWithin } from '#local-cloud/services/step-functions/engine/run-within.ts';
import { visitBindings } from '#local-cloud/services/step-functions/engine/visit-bindings.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import { evaluate } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import type { MapState } from '#local-cloud/services/step-functions/language/state.ts';
import { mapItems } from './map-items.ts';
import { mapSettings } from './map-settings.ts';

/** What an inline Map may have at a time, and has when it names nothing or 0. */
const mostAtATime = 40;

/** Runs an iteration for each item within the execution itself. */
export async function runInlineMap(context: VisitContext, state: MapState): Promise<unknown> {
  const { visit, name, run, scope, place } = context;
  const items = await mapItems(context, state);
  const { maxConcurrency } = await mapSettings(context, state);
  if (visit.isStarted !== true) {
    visit.isStarted = true;
    context.record('MapStateStarted', { length: items.length });
    context.commit();
  }
  const mapItem = (index: number) => ({ Index: index, Value: items[index] });
  const outputs = await runWithin(context, {
    count: items.length,
    most: maxConcurrency === 0 ? mostAtATime : Math.min(maxConcurrency, mostAtATime),
    flow: () => state.ItemProcessor,
    input: async (index) =>
      state.ItemSelector === undefined
        ? items[index]
        : await evaluate(
            state.ItemSelector,
            'ItemSelector',
            visitBindings(run, scope, visit, { ...place, mapItem: mapItem(index) }, {}),
          ),
    mapItem,
    tell: (what, index, previousEventId) => run.record(`MapIteration${what}`, previousEventId, { index, name }),
  });
  context.recordAside('MapStateSucceeded');
  return outputs;
}
