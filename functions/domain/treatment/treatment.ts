import * as z from 'zod';
import { Channel } from '#domain/vocabulary/channel.ts';
import { ItemId } from '#domain/vocabulary/item-id.ts';
import { ItemState } from '#domain/vocabulary/item-state.ts';
import { largestAmountMinor } from '#domain/vocabulary/largest-amounts.ts';
import { Lever } from '#domain/vocabulary/lever.ts';
import { engagementPolicy, ValueText } from '#domain/vocabulary/rule-text.ts';

/** An offer made presentable: on one channel, at named placements, with what is shown or said. */
export const Treatment = z.strictObject({
  treatmentId: ItemId.describe('The id, as in the path'),
  offerId: ItemId.describe('The offer that it presents'),
  channel: Channel.describe('The channel of all its placements'),
  placements: z.array(ItemId).min(1).max(100).describe('Ids of the placements that can show it'),
  content: z.record(z.string(), z.unknown()).describe('What the touchpoint needs to present it; handed on as it is'),
  costMinor: z
    .int()
    .min(0)
    .max(largestAmountMinor)
    .default(0)
    .describe('Cost of one contact, in minor units of the offer’s currency'),
  uses: z
    .array(
      z.strictObject({
        budgetId: ItemId.describe('The budget or capacity'),
        amount: z.number().positive().max(1e12).describe('What one presentation takes, in the budget’s unit'),
      }),
    )
    .max(10)
    .refine((uses) => new Set(uses.map(({ budgetId }) => budgetId)).size === uses.length, 'A budget is named twice')
    .default([])
    .describe('Scarce resources that one presentation uses'),
  ...engagementPolicy,
  contextWeight: ValueText.describe('CEL expression of the weight of the moment; absent is 1').optional(),
  lever: Lever.default(1).describe('Business weight on the score; 1 changes nothing'),
  state: ItemState.default('draft').describe('Only live treatments of live offers are proposed'),
});
export type Treatment = z.infer<typeof Treatment>;
