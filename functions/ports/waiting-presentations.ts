import type { WaitingPresentation } from '#domain/propensity/waiting-presentation.ts';

/** Presentations that wait for an answer, by when it is due. */
export interface WaitingPresentations {
  /** Remembers presentations until they are due; twice does no harm. */
  hold(presentations: readonly WaitingPresentation[]): Promise<void>;
  /** Hands over all that are due by a time, in runs, answered or not; those of a run are forgotten once `release` is done with it. */
  releaseDue(nowMs: number, release: (presentations: readonly WaitingPresentation[]) => Promise<void>): Promise<void>;
}
