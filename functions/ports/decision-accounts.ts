import type { Decision } from '#domain/decision/decision.ts';

/** How the bus carries a decision to the lake. */
export interface DecisionAccounts {
  /** All that was found of a decision, as text of base64 with few bytes. */
  pack(decision: Decision): string;
  /** The decisions of a packed account. Throws {@link UnexpectedShapeError} when it is none. */
  unpack(account: string): readonly Decision[];
}
