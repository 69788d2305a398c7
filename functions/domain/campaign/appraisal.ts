import * as z from 'zod';
import { Channel } from '#domain/vocabulary/channel.ts';

/** A treatment that a customer could get: what it is worth, and what it takes of the run's limits. */
export const CampaignOption = z.object({
  /** The treatment's id. */
  id: z.string(),
  value: z.number(),
  uses: z.record(z.string(), z.number()),
  placementId: z.string(),
  channel: Channel,
});
export type CampaignOption = z.infer<typeof CampaignOption>;

/** What a run could do about a customer of its audience: something, nothing for a reason, or nothing by lot. */
export const Appraisal = z.object({
  customer: z.string(),
  options: z.array(CampaignOption).default([]),
  excluded: z.string().optional(),
  heldOut: z.literal(true).optional(),
  /** The customer's time zone, where the run sends by a clock. */
  zone: z.string().optional(),
});
export type Appraisal = z.infer<typeof Appraisal>;

/** What allocation chose for a customer; nothing where it chose nothing. */
export const Assignment = z.object({ customer: z.string(), option: z.string() });
export type Assignment = z.infer<typeof Assignment>;

/** The name of a channel among a run's limits; no budget is called so. */
export const channelLimit = (channel: string) => `channel:${channel}`;
