import type { Learned, TaughtSlot } from '#domain/propensity/learn-responses.ts';
import type { ModelKey } from '#domain/propensity/model-key.ts';

/** What learning from a run of responses reads and writes. */
export interface SchoolRun {
  readonly models: readonly ModelKey[];
  readonly slots: readonly TaughtSlot[];
}

/** What was found, with the versions that a save must still find. */
export interface LoadedSchool extends Learned {
  readonly touched: SchoolRun;
  /** By the names of models and slots; none for what is not there yet. */
  readonly versions: ReadonlyMap<string, number>;
}

/** Propensity models, for learning: one read and one atomic write a run. */
export interface ModelSchool {
  /** Always the latest. */
  load(run: SchoolRun): Promise<LoadedSchool>;
  /** Writes all that changed or nothing. `conflict` means that somebody else wrote first: load and learn again. */
  save(loaded: LoadedSchool, changed: Learned, nowMs: number): Promise<'saved' | 'conflict'>;
}
