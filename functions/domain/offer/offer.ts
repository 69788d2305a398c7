import * as z from 'zod';
import { ItemId, ItemName } from '#domain/catalogue/item-id.ts';
import { engagementPolicy, ValueText } from '#domain/catalogue/rule-text.ts';
import { Purpose } from '#domain/consent/purpose.ts';
import { isoCurrencies } from '#domain/interaction/iso-currencies.ts';
import { Goal, longestGoalDays } from './goal.ts';

const expectedCurrency = 'Expected an ISO 4217 code such as EUR';

/** An ISO 4217 code in upper case. */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: expectedCurrency, abort: true })
  .refine((code) => isoCurrencies.has(code), expectedCurrency);

/** The largest amount of money that one item can state, in minor units. */
export const largestAmountMinor = 1e12;

/** What one treatment can be worth or bring, in minor units: a hundred million of major ones. More is a mistake, or meant to move means. */
export const largestValueMinor = 1e10;

export const largestLever = 1000;
/** A weight that the business puts on something: 1 changes nothing, 0 takes it out of the race. */
export const Lever = z.number().min(0).max(largestLever);

/** Whether an item takes part in decisions. */
export const ItemState = z.enum(['draft', 'live', 'paused']);

/** How contact policies and consent treat an offer: what law or service demands is not held back by either. */
export const OfferKind = z.enum(['standard', 'transactional', 'mandatory']);
export type OfferKind = z.infer<typeof OfferKind>;

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
