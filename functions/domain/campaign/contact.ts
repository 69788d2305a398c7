import * as z from 'zod';
import { Channel } from '#domain/vocabulary/channel.ts';

/**
 * What can have become of a customer of a run's audience. `sending` is a contact that somebody has claimed and the channel has not
 * answered for: accounts count it as pending. All but these two are final.
 */
export const contactStates = ['pending', 'sending', 'contacted', 'heldOut', 'excluded', 'failed', 'expired'] as const;
export type ContactState = (typeof contactStates)[number];

/** Names the contact of a customer in a run; `chunk` is the batch of the audience that the customer is in. */
export const ContactRef = z.object({ runId: z.string(), chunk: z.int().min(0), customerId: z.string() });
export type ContactRef = z.infer<typeof ContactRef>;

/** What was decided for a customer. */
export const ContactChoice = z.object({
  decisionId: z.string(),
  treatmentId: z.string(),
  offerId: z.string(),
  placementId: z.string(),
  channel: Channel,
  /** What the decision expects of it, in minor units: of two campaigns that want one customer the higher one goes first. */
  score: z.number(),
  /** Whom the address of the message belongs to, as a keyed hash: caps per address count by it. */
  addressKey: z.string().optional(),
});
export type ContactChoice = z.infer<typeof ContactChoice>;

/** What a run does about one customer of its audience. (Run, customer) is its key: there is no second one. */
export const Contact = z.object({
  ...ContactRef.shape,
  campaignId: z.string(),
  state: z.enum(contactStates),
  /** Why it is excluded or failed: a code of decisions (`Exclusion`), of campaigns (`CampaignReason`) or of a channel. */
  reason: z.string().optional(),
  /** Absent where nothing was to be sent. */
  choice: ContactChoice.optional(),
  /** When it may be sent, epoch milliseconds; while it is claimed, when the claim lapses. */
  dueAtMs: z.number().optional(),
  /** When its message is too old to be sent, epoch milliseconds. */
  validUntilMs: z.number().optional(),
  /** How often it was claimed. */
  attempts: z.int(),
  /** What the channel's provider calls the message. */
  providerId: z.string().optional(),
  /** When it became what it is, epoch milliseconds. */
  changedAtMs: z.number(),
});
export type Contact = z.infer<typeof Contact>;

/** Whether nothing becomes of it any more. */
export function isFinal(state: ContactState): boolean {
  return state !== 'pending' && state !== 'sending';
}
