import * as z from 'zod';
import { instant, integerOrNull, text, textOrNull, texts } from '#contracts/lake/column.ts';
import { lands } from '#contracts/lake/landed-event.ts';
import type { LakeTableDefinition } from '#contracts/lake/table.ts';
import { interactionToRow } from './interaction-row.ts';

/** A row of the lake's `interactions`: one delivery of one interaction. Repeats are there too; `v_interactions` has each once. */
export const InteractionRow = z.object({
  message_id: text('Id that the sender gave the message; rows that share it are repeats of one interaction'),
  type: text('Call of the Segment spec: track, identify, page, screen, group or alias'),
  event: textOrNull('Name of a track event, for example Order Completed'),
  name: textOrNull('Name of a page or screen'),
  occurred_at: instant('When it happened, UTC, corrected for the sender’s clock'),
  received_at: instant('When it arrived, UTC'),
  sequence: integerOrNull(
    'Its place among interactions of the same millisecond: microseconds × 20,000 + place in the request; null before',
  ),
  touchpoint: text('Where firm and customer met: web, app, email, call-centre, store, billing …'),
  standing: textOrNull(
    'Whose word it is: trusted, own (a browser’s of itself) or claimed (a browser’s of whom it names); null before',
  ),
  persona_id: text('Persona the interaction belongs to; v_interactions adds the customer it is part of'),
  user_key: textOrNull('Keyed hash of the user id'),
  anonymous_key: textOrNull('Keyed hash of the anonymous id'),
  group_key: textOrNull('Keyed hash of the group (account) id'),
  previous_key: textOrNull('Keyed hash of the id that an alias call gives up, taken as an anonymous id'),
  identifiers: texts('Keyed hashes of all identifiers of people in it, as type:hash, the one it belongs to first'),
  order_id: textOrNull('Order that a purchase or refund names; v_orders has each once'),
  revenue_minor: integerOrNull('Revenue of a completed order, in minor units of the currency'),
  refund_minor: integerOrNull(
    'Money given back as it is told, in minor units of the currency; v_orders has what counts',
  ),
  refund_kind: textOrNull('How much a refund gives back: whole, stated (an amount) or unknown'),
  refund_id: textOrNull('Number of a refund, by which it counts once'),
  stated_revenue: integerOrNull('Revenue that an order or refund states, in minor units; see stated_total'),
  stated_total: integerOrNull(
    'Total that it states; of a refund that names no currency amounts are in ten-thousandths of a major unit of the order’s',
  ),
  stated_value: integerOrNull('Value that it states'),
  currency: textOrNull('ISO 4217 code of the amounts; null for a refund in the currency of its order'),
  currency_decimals: integerOrNull('Decimals of the currency’s major unit'),
  product_ids: texts('Products that the interaction names'),
  categories: texts('Categories of these products'),
  campaign: textOrNull('Campaign that brought the customer (context.campaign.name)'),
  channel: textOrNull('Channel that the sender states, for example browser, mobile or server'),
  consents: texts(
    'Each yes or no to a purpose, as "said yes marketing:email"; stamped where it repeats what a banner knows; v_consents has what holds',
  ),
  properties: text(
    'Properties of the event as JSON, what leads to a person removed as far as rules find it (ADR 37); read with json_extract_scalar',
  ),
  traits: text('Traits as JSON, reserved personal traits and what leads to a person removed (ADR 37)'),
  context: text('Context as JSON, what leads to a person removed as far as rules find it (ADR 37)'),
});
export type InteractionRow = z.infer<typeof InteractionRow>;

/** Table `interactions`. */
export const interactionsTable: LakeTableDefinition = {
  name: 'interactions',
  description: 'Every delivery of every accepted interaction, by arrival date (dt). Analysts read v_interactions.',
  columns: InteractionRow,
  kept: 'as interactions',
  events: [
    lands('InteractionsReceived', ({ detail }) =>
      detail.personas.flatMap(({ personaId, interactions }) =>
        interactions.map((interaction) => interactionToRow(interaction, personaId)),
      ),
    ),
  ],
};
