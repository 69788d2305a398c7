import type { KnownModels } from '#domain/decision/model-propensities.ts';
import type { ModelKey } from '#domain/propensity/model-key.ts';

/** Propensity models, for deciding. */
export interface Models {
  /**
   * Models of treatments, offers and channels, some seconds old at most; the same object as long as nothing was read anew. Throws
   * {@link ItemsUnreadError}.
   */
  load(keys: readonly ModelKey[]): Promise<KnownModels>;
}
