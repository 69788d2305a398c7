import type { ShownDecision } from '#domain/decision/shown-of.ts';
import type { ToldDisposition } from '#domain/disposition/told-disposition.ts';

/** Dispositions as they were told first, by the decision that they are about. */
export interface Dispositions {
  /** The decision, if it is known, and what was told of it by disposition id. Always the latest. */
  load(
    decisionId: string,
  ): Promise<{ readonly decision: ShownDecision | undefined; readonly told: ReadonlyMap<string, ToldDisposition> }>;
  /** Remembers a disposition unless it was told before. */
  save(told: ToldDisposition, nowMs: number): Promise<'saved' | 'exists'>;
}
