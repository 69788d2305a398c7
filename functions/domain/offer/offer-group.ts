import * as z from 'zod';
import { ItemId, ItemName } from '#domain/vocabulary/item-id.ts';
import { engagementPolicy } from '#domain/vocabulary/rule-text.ts';

/** Offers that share an engagement policy and count together in contact policies (retention, cross-sell, service …). */
export const OfferGroup = z.strictObject({
  groupId: ItemId.describe('The id, as in the path'),
  name: ItemName.describe('What people call it'),
  ...engagementPolicy,
});
export type OfferGroup = z.infer<typeof OfferGroup>;
