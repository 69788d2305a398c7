import * as z from 'zod';
import { ItemId, ItemName } from '#domain/vocabulary/item-id.ts';
import { RuleText } from '#domain/vocabulary/rule-text.ts';

/** Customers for whom a rule is true, as a live membership on their profiles. */
export const Segment = z.strictObject({
  segmentId: ItemId.describe('The id, as in the path'),
  name: ItemName.describe('What people call it'),
  rule: RuleText.describe('CEL rule: whether a customer belongs to it'),
});
export type Segment = z.infer<typeof Segment>;
