import * as z from 'zod';
import { Channel, Direction } from '#domain/vocabulary/channel.ts';
import { ItemId, ItemName } from '#domain/vocabulary/item-id.ts';
import { Touchpoint } from '#domain/vocabulary/touchpoint.ts';

/** A slot at a touchpoint that can show treatments (`web/home-hero`, `call-centre/retention-desk`). */
export const Placement = z.strictObject({
  placementId: ItemId.describe('The id, as in the path'),
  name: ItemName.describe('What people call it').optional(),
  touchpoint: Touchpoint.describe('Where it is'),
  channel: Channel.describe('The channel that contact policies count it under'),
  direction: Direction.describe('Whether the customer comes to it or it goes to the customer'),
  limit: z.int().min(1).max(20).default(1).describe('Treatments that it shows at once, at most'),
});
export type Placement = z.infer<typeof Placement>;
