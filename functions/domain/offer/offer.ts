import * as z from 'zod';
import { Currency } from '#domain/vocabulary/currency.ts';
import { Goal, longestGoalDays } from '#domain/vocabulary/goal.ts';
import { ItemId, ItemName } from '#domain/vocabulary/item-id.ts';
import { ItemState } from '#domain/vocabulary/item-state.ts';
import { largestAmountMinor } from '#domain/vocabulary/largest-amounts.ts';
import { Lever } from '#domain/vocabulary/lever.ts';
import { OfferKind } from '#domain/vocabulary/offer-kind.ts';
import { Purpose } from '#domain/vocabulary/purpose.ts';
import { engagementPolicy, ValueText } from '#domain/vocabulary/rule-text.ts';

/** What the firm proposes: its value, whom it is for, and when. */
export const Offer = z
  .strictObject({
    offerId: ItemId.describe('The id, as in the path'),
    name: ItemName.describe('What people call it'),
    group: ItemId.describe('The offer group that it is part of'),
    value: z
      .union([
        z.strictObject({
          amountMinor: z.int().min(0).max(largestAmountMinor).describe('What a yes is worth, in minor units'),
          currency: Currency.describe('ISO 4217'),
        }),
        z.strictObject({
          rule: ValueText.describe('CEL expression of the value in minor units'),
          currency: Currency.describe('ISO 4217'),
        }),
      ])
      .describe('What it is worth when the customer does what the goal says'),
    goal: Goal.default('acceptance').describe(
      'What counts as a yes, which the propensity is about: to accept or buy, to click or more, or to buy and nothing less',
    ),
    goalDays: z
      .int()
      .min(1)
      .max(longestGoalDays)
      .default(longestGoalDays)
      .describe('Days after the decision in which a yes or no counts; models learn nothing from later ones'),
    kind: OfferKind.default('standard').describe(
      'Transactional and mandatory offers pass contact policies as these say',
    ),
    purpose: Purpose.default('marketing').describe('The consent category that the customer must have given'),
    ...engagementPolicy,
    lever: Lever.default(1).describe('Business weight on the score; 1 changes nothing'),
    startsAt: z.iso.datetime().describe('Not proposed before').optional(),
    endsAt: z.iso.datetime().describe('Not proposed from then on').optional(),
    state: ItemState.default('draft').describe('Only live offers are proposed'),
  })
  .check(({ value, issues }) => {
    const { startsAt, endsAt } = value;
    if (startsAt === undefined || endsAt === undefined || Date.parse(startsAt) < Date.parse(endsAt)) return;
    issues.push({ code: 'custom', input: value, path: ['endsAt'], message: 'Expected a time after startsAt' });
  });
export type Offer = z.infer<typeof Offer>;
