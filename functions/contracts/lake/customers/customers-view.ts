import type { LakeColumn } from '#contracts/lake/table.ts';

const counts = (of: string): string => `Interactions by ${of}`;

/** Columns of `v_customers`, in its order: what rules ask of a customer, as the live profile has it. */
export const customersViewColumns: readonly LakeColumn[] = [
  { name: 'customer_id', glueType: 'string', description: 'Customer, as in v_interactions' },
  { name: 'first_seen', glueType: 'timestamp', description: 'First interaction, UTC' },
  { name: 'last_seen', glueType: 'timestamp', description: 'Last interaction, UTC' },
  { name: 'interactions', glueType: 'bigint', description: 'Interactions in all' },
  { name: 'sessions', glueType: 'bigint', description: 'Runs of half hours, UTC, with a track, page or screen call' },
  { name: 'orders', glueType: 'bigint', description: 'Orders in all currencies' },
  { name: 'first_purchase', glueType: 'timestamp', description: 'First purchase, UTC' },
  { name: 'last_purchase', glueType: 'timestamp', description: 'Last purchase, UTC' },
  {
    name: 'traits',
    glueType: 'map<string,string>',
    description:
      'Last value of each trait as JSON text, reserved personal traits removed; read with json_extract_scalar',
  },
  { name: 'types', glueType: 'map<string,bigint>', description: counts('type of call') },
  { name: 'touchpoints', glueType: 'map<string,bigint>', description: counts('touchpoint') },
  { name: 'channels', glueType: 'map<string,bigint>', description: counts('channel') },
  { name: 'campaigns', glueType: 'map<string,bigint>', description: counts('campaign') },
  {
    name: 'products',
    glueType: 'map<string,bigint>',
    description: `${counts('product')}, in the three calendar months to the last interaction`,
  },
  {
    name: 'categories',
    glueType: 'map<string,bigint>',
    description: `${counts('category')}, in the twelve calendar months to the last interaction`,
  },
  { name: 'orders_by_currency', glueType: 'map<string,bigint>', description: 'Orders by currency' },
  { name: 'gross_minor', glueType: 'map<string,bigint>', description: 'Revenue of orders by currency, in minor units' },
  { name: 'refunded_minor', glueType: 'map<string,bigint>', description: 'Given back by currency, in minor units' },
  { name: 'first_purchases', glueType: 'map<string,timestamp>', description: 'First purchase by currency, UTC' },
  { name: 'last_purchases', glueType: 'map<string,timestamp>', description: 'Last purchase by currency, UTC' },
  {
    name: 'event_days',
    glueType: 'map<string,array<bigint>>',
    description:
      'Days of the track events of the last 92 days by event, counted from 1970-01-01, an item an event; of Order Completed an item an order',
  },
  {
    name: 'spend_days',
    glueType: 'map<string,array<bigint>>',
    description: 'Days of the orders of the last 92 days, and of refunds that name none, by currency, ascending',
  },
  {
    name: 'spend_since',
    glueType: 'map<string,array<bigint>>',
    description: 'What was paid less what was given back from each of spend_days on, in minor units',
  },
];
