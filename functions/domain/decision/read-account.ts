import type { Decision } from './decision.ts';
import { readRecord } from './read-record.ts';

/**
 * A decision as the lake is told of it: what publishing worked out, as it stands there. Throws a RangeError for a record that does not
 * have all that arbitration found, a ZodError or SyntaxError for what is no record.
 */
export function readAccount(account: string): Decision {
  const { decision, isFull } = readRecord(account);
  if (isFull) return decision;
  throw new RangeError(`Decision ${decision.decisionId} is told without what arbitration found`);
}
