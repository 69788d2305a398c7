import type { LakeViewDefinition } from '#contracts/lake/view.ts';

/** View `v_orders`: what a customer paid for each order and got back, by the laws of the live profile. */
export const ordersView: LakeViewDefinition = {
  name: 'v_orders',
  description:
    'A row an order of a customer, net: whoever told it and however often, with its refunds and cancellations',
  columns: [
    { name: 'customer_id', glueType: 'string', description: 'Customer, as in v_interactions' },
    { name: 'order_id', glueType: 'string', description: 'Order; null for a purchase that names none' },
    { name: 'message_id', glueType: 'string', description: 'The message that counts of those that told the purchase' },
    { name: 'touchpoint', glueType: 'string', description: 'Where that message came from' },
    { name: 'ordered_at', glueType: 'timestamp', description: 'When it was ordered, UTC, as that message tells it' },
    { name: 'currency', glueType: 'string', description: 'ISO 4217 code of the amounts' },
    { name: 'currency_decimals', glueType: 'bigint', description: 'Decimals of the currency’s major unit' },
    { name: 'gross_minor', glueType: 'bigint', description: 'What was paid, in minor units' },
    {
      name: 'refunded_minor',
      glueType: 'bigint',
      description: 'What was given back, in minor units: from nothing to all',
    },
    { name: 'net_minor', glueType: 'bigint', description: 'What is left of it, in minor units' },
    { name: 'messages', glueType: 'bigint', description: 'Messages about it: purchases, refunds and cancellations' },
    { name: 'last_told_at', glueType: 'timestamp', description: 'Time of the latest of them, UTC' },
  ],
};
