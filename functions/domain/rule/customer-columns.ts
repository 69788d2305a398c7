/** Columns of `v_customers` that rules read, by what they hold. */
export const customerColumns = {
  numbers: { sessions: 'sessions', interactions: 'interactions', orders: 'orders' },
  times: {
    firstSeen: 'first_seen',
    lastSeen: 'last_seen',
    firstPurchase: 'first_purchase',
    lastPurchase: 'last_purchase',
  },
  /** JSON texts by name; nothing is kept for null. */
  traits: 'traits',
  /** Numbers of interactions by name. */
  counts: {
    types: 'types',
    touchpoints: 'touchpoints',
    channels: 'channels',
    campaigns: 'campaigns',
    products: 'products',
    categories: 'categories',
  },
  /** By currency. */
  purchases: {
    orders: 'orders_by_currency',
    grossMinor: 'gross_minor',
    refundedMinor: 'refunded_minor',
  },
  purchaseTimes: { first: 'first_purchases', last: 'last_purchases' },
  /** Days since 1970-01-01 of the last track events by name, one item an event; of Order Completed one an order. */
  eventDays: 'event_days',
  /** Days of the last orders and refunds by currency, ascending, and what was paid and not given back from each of them on, in minor units. */
  spendDays: 'spend_days',
  spendSince: 'spend_since',
} as const;
