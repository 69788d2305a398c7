import * as z from 'zod';
import { Currency } from '#domain/vocabulary/currency.ts';
import { ItemId, ItemName } from '#domain/vocabulary/item-id.ts';
import { RuleText } from '#domain/vocabulary/rule-text.ts';

/** Money off an offer for who has the code. */
export const Voucher = z.strictObject({
  voucherId: ItemId.describe('The id, as in the path'),
  name: ItemName.describe('What people call it'),
  offerId: ItemId.describe('The offer that it makes cheaper'),
  amountMinor: z.int().positive().describe('What it takes off, in minor units'),
  currency: Currency.describe('ISO 4217'),
  uses: z.int().positive().default(1).describe('How often one customer may use it'),
  valid: RuleText.describe('CEL rule: whether the customer may use it').optional(),
});
export type Voucher = z.infer<typeof Voucher>;
