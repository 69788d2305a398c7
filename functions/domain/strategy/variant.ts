import * as z from 'zod';
import { ItemId } from '#domain/vocabulary/item-id.ts';
import { Lever } from '#domain/vocabulary/lever.ts';

/** How treatments that passed every policy are ranked: the factors of the score that count, and how uncertainty is met. */
export const Arbitration = z.strictObject({
  usePropensity: z.boolean().default(true).describe('Whether P counts'),
  useContext: z.boolean().default(true).describe('Whether C, the context weight, counts'),
  useLevers: z.boolean().default(true).describe('Whether L, the business levers, count'),
  usePrices: z.boolean().default(true).describe('Whether shadow prices of scarce resources are taken off'),
  exploration: z
    .enum(['thompson', 'mean'])
    .default('thompson')
    .describe('P as a draw from its posterior, or as the posterior’s mean'),
});
export type Arbitration = z.infer<typeof Arbitration>;

/** One way of deciding, of which a strategy compares several. */
export const Variant = z.strictObject({
  name: ItemId.describe('Names the arm in every record'),
  arbitration: Arbitration.prefault({}).describe('How treatments are ranked'),
  leverOverrides: z
    .record(ItemId, Lever)
    .default({})
    .describe('Levers by treatment id, instead of the treatments’ own'),
});
export type Variant = z.infer<typeof Variant>;
