import * as z from 'zod';
import { cleanedText } from '#domain/privacy/cleaned-text.ts';

/** Longest reason, agent or root cause: they are counted and compared, so that a code or a few words do. */
const longestWord = 100;
/** Longest note: an item of a decision's partition is billed by the kilobyte. */
const longestNote = 2000;

const word = z.string().trim().min(1).max(longestWord);

/** What somebody who spoke to the customer tells of a disposition besides, its call-back time in UTC. */
export const DispositionDetails = z.object({
  reason: word.describe('Why, in the firm’s own words or codes: too-expensive').optional(),
  rootCause: word.describe('What lies behind it: competitor-offer').optional(),
  agent: word.describe('Who spoke to the customer: an id of the firm’s').optional(),
  callBackAt: z.iso.datetime({ precision: 3 }).describe('When the customer wants to be called').optional(),
  note: z.string().trim().min(1).max(longestNote).describe('What colleagues should know').optional(),
});
export type DispositionDetails = z.infer<typeof DispositionDetails>;

/** Details as the lake names them; what was not told is null. */
export interface DetailColumns {
  readonly reason: string | null;
  readonly root_cause: string | null;
  readonly agent: string | null;
  readonly call_back_at: string | null;
  readonly note: string | null;
}

/** The details without what leads to a person in their texts: profile and lake have the same, so that rules find the same in both. */
export function detailColumns(details: DispositionDetails = {}): DetailColumns {
  const { reason, rootCause, agent, callBackAt, note } = details;
  return {
    reason: cleanedText(reason),
    root_cause: cleanedText(rootCause),
    agent: cleanedText(agent),
    call_back_at: callBackAt ?? null,
    note: cleanedText(note),
  };
}
