import type { Decision } from '#domain/decision/decision.ts';

/** Keeps decisions for as long as dispositions may come. Ids that differ in their last two digits only are of one batch. */
export interface Decisions {
  /** Saves the decisions of one batch at once; `exists` when the batch was saved before. */
  save(decisions: readonly [Decision, ...Decision[]]): Promise<'saved' | 'exists'>;
  find(decisionId: string): Promise<Decision | undefined>;
}
