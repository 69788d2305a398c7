import type { Exclusion, ExclusionReason } from './candidate.ts';

/** Whether the contact ledger or a budget said it when the treatment's turn came; all else follows from the record. */
export function isFoundInTurn({ reason }: Exclusion): boolean {
  return inTurn.has(reason);
}

const inTurn: ReadonlySet<ExclusionReason> = new Set(['contact_cap', 'resting', 'quiet_hours', 'budget_exhausted']);
