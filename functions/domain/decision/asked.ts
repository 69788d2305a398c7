import * as z from 'zod';
import { canonicalJson } from '#domain/text/canonical-json.ts';
import type { DecisionRequest } from './decision-request.ts';

/** Who asked for a decision and what, as far as it must be told apart from another question. */
export const Asked = z.object({
  /** Id of the credential; empty for a batch, which the firm's own workflows ask for. */
  by: z.string(),
  /** Of all that was asked; empty where the same question can't be asked again. */
  fingerprint: z.string(),
});
export type Asked = z.infer<typeof Asked>;

/** The text of all that a question asks but for the customer, whom a decision's record names: equal for equal questions. */
export function questionText(
  { touchpoint, placements, context, limit, explain, preview }: DecisionRequest,
  customers: readonly string[] = [],
): string {
  return canonicalJson({ touchpoint, placements, context, limit, explain, preview, customers }) ?? '';
}
