import * as z from 'zod';
import { ItemId } from '#domain/vocabulary/item-id.ts';
import { RuleText } from '#domain/vocabulary/rule-text.ts';

/** What brings a customer into a campaign at once: that they do something, or enter a segment. */
export const CampaignTrigger = z.union([
  z.strictObject({
    event: z.string().trim().min(1).max(200).describe('Name of the event, as touchpoints send it'),
    where: RuleText.describe('CEL rule of the event: `context` has its properties; absent is any').optional(),
  }),
  z.strictObject({ segmentId: ItemId.describe('The segment that the customer enters') }),
]);
export type CampaignTrigger = z.infer<typeof CampaignTrigger>;
