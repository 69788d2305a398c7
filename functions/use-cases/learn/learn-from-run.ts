import { learnResponses, type PresentedResponse, slotName, touchedBy } from '#domain/propensity/learn-responses.ts';
import { modelName } from '#domain/propensity/model-key.ts';
import type { TrainingRun, TrainingStore } from '#ports/training-store.ts';
import { ModelsContendedError } from '#runtime/errors.ts';
import { untilSettled } from '#runtime/retry.ts';

/** TransactWriteItems takes a hundred items. */
const largestTransaction = 100;
const attempts = 8;

export interface LearnDeps {
  readonly trainingStore: TrainingStore;
  readonly now: () => number;
  /** Waits before attempt `n` + 1 after a conflict. */
  readonly pause: (attempt: number) => Promise<void>;
}

/**
 * Teaches models a run of responses: read, learn what is new, write if nobody wrote meanwhile, else again. Throws
 * {@link ModelsContendedError}.
 */
export async function learnRun(responses: readonly PresentedResponse[], deps: LearnDeps): Promise<void> {
  const touched = touchedByAll(responses);
  const settled = await untilSettled(attempts, deps.pause, async () => {
    const loaded = await deps.trainingStore.load(touched);
    const changed = learnResponses(loaded, responses);
    return changed.models.size === 0 ? 'known' : deps.trainingStore.save(loaded, changed, deps.now());
  });
  if (settled === 'conflict')
    throw new ModelsContendedError(`Models changed under ${attempts} attempts to teach ${responses.length} responses`);
}

/** Cuts responses into runs whose models and slots fit one transaction, those of one treatment together. */
export function runsOf(responses: readonly PresentedResponse[]): PresentedResponse[][] {
  const runs: PresentedResponse[][] = [];
  let run: PresentedResponse[] = [];
  let items = new Set<string>();
  for (const response of [...Map.groupBy(responses, ({ treatmentId }) => treatmentId).values()].flat()) {
    const { models, slot } = touchedBy(response);
    const next = items.union(new Set([...models.map(modelName), slotName(slot)]));
    if (next.size > largestTransaction) {
      runs.push(run);
      run = [];
      items = new Set([...models.map(modelName), slotName(slot)]);
    } else {
      items = next;
    }
    run.push(response);
  }
  return run.length > 0 ? [...runs, run] : runs;
}

function touchedByAll(responses: readonly PresentedResponse[]): TrainingRun {
  const touched = responses.map(touchedBy);
  const models = new Map(touched.flatMap((each) => each.models).map((key) => [modelName(key), key]));
  const slots = new Map(touched.map(({ slot }) => [slotName(slot), slot]));
  return { models: [...models.values()], slots: [...slots.values()] };
}
