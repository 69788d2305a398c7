import * as z from 'zod';
import { ItemId } from '#domain/vocabulary/item-id.ts';
import { Touchpoint } from '#domain/vocabulary/touchpoint.ts';

/** Most placements that one call may ask for. */
const mostPlacements = 10;

/** One question of a touchpoint: what now for this customer, here. */
export const DecisionRequest = z.strictObject({
  customer: z
    .string()
    .min(3)
    .max(320)
    .describe('The customer by any identifier, as {type}:{value}; nobody needs to know it yet'),
  touchpoint: Touchpoint.describe('Where the customer is; the credential’s own when absent').optional(),
  placements: z.array(ItemId).min(1).max(mostPlacements).describe('Slots to fill, the most important one first'),
  context: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('What the moment is like: page, basket, reason for the call … Rules read it as context'),
  limit: z
    .int()
    .min(1)
    .max(20)
    .describe('Treatments for each placement, at most; never more than its own limit')
    .optional(),
  explain: z.boolean().default(false).describe('Whether the answer says why, in words and candidate by candidate'),
  preview: z.boolean().default(false).describe('Whether nothing is counted, spent or recorded'),
});
export type DecisionRequest = z.infer<typeof DecisionRequest>;
