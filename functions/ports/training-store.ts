import type { Learned, ResponseSlot } from '#domain/propensity/learn-responses.ts';
import type { ModelKey } from '#domain/propensity/model-key.ts';

/** What learning from a run of responses reads and writes. */
export interface TrainingRun {
  readonly models: readonly ModelKey[];
  readonly slots: readonly ResponseSlot[];
}

/** What was found, with the versions that a save must still find. */
export interface LoadedTraining extends Learned {
  readonly touched: TrainingRun;
  /** By the names of models and slots; none for what is not there yet. */
  readonly versions: ReadonlyMap<string, number>;
}

/** Propensity models, for learning: one read and one atomic write a run. */
export interface TrainingStore {
  /** Always the latest. */
  load(run: TrainingRun): Promise<LoadedTraining>;
  /** Writes all that changed or nothing. `conflict` means that somebody else wrote first: load and learn again. */
  save(loaded: LoadedTraining, changed: Learned, nowMs: number): Promise<'saved' | 'conflict'>;
}
