import { type Learned, slotName } from '#domain/propensity/learn-responses.ts';
import { modelName } from '#domain/propensity/model-key.ts';
import type { ProcessedResponses } from '#domain/propensity/processed-responses.ts';
import type { ModelRecord } from '#domain/propensity/propensity-model.ts';
import type { LoadedTraining, TrainingRun, TrainingStore } from '#ports/training-store.ts';

/** Models in memory with the versions of the real ones, and writers that come between when a test says so. */
export class MemoryTrainingStore implements TrainingStore {
  readonly models = new Map<string, ModelRecord>();
  readonly processed = new Map<string, ProcessedResponses>();
  readonly runs: TrainingRun[] = [];
  /** How many of the next saves find that somebody else wrote first. */
  conflicts = 0;
  private readonly versions = new Map<string, number>();

  async load(run: TrainingRun): Promise<LoadedTraining> {
    this.runs.push(run);
    const names = [...run.models.map(modelName), ...run.slots.map(slotName)];
    const among = <Value>(map: ReadonlyMap<string, Value>) =>
      new Map([...map].filter(([name]) => names.includes(name)));
    return {
      touched: run,
      models: among(this.models),
      processed: among(this.processed),
      versions: among(this.versions),
    };
  }

  async save(loaded: LoadedTraining, changed: Learned): Promise<'saved' | 'conflict'> {
    const names = [...changed.models.keys(), ...changed.processed.keys()];
    const isStale = names.some((name) => this.versions.get(name) !== loaded.versions.get(name));
    if (this.conflicts > 0 || isStale) {
      this.conflicts -= 1;
      return 'conflict';
    }
    for (const [name, record] of changed.models) this.models.set(name, record);
    for (const [name, processed] of changed.processed) this.processed.set(name, processed);
    for (const name of names) this.versions.set(name, (this.versions.get(name) ?? 0) + 1);
    return 'saved';
  }
}
