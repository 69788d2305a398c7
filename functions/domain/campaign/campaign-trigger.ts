import * as z from 'zod';
import { ItemId } from '#domain/vocabulary/item-id.ts';

/** What brings a customer into a campaign within a minute: that they enter a segment, whose rule may be of any event. */
export const CampaignTrigger = z.strictObject({ segmentId: ItemId.describe('The segment that the customer enters') });
export type CampaignTrigger = z.infer<typeof CampaignTrigger>;
