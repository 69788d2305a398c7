-- A row a customer: what rules ask of it, as the live profile has it (docs/adr/0014-missing-means-false.md).
-- The lake is read three times, each time with no more columns than are needed: for what is counted by name, for orders, for days.
WITH marked AS (
  SELECT
    customer_id,
    persona_id,
    type,
    event,
    touchpoint,
    channel,
    campaign,
    product_ids,
    categories,
    occurred_at,
    -- Of what a public key claims of somebody only the arrival is known.
    CASE WHEN standing = 'claimed' THEN received_at ELSE occurred_at END AS seen_at,
    -- Sorts as the profile's registers do: by time, then by message.
    CAST(occurred_at AS varchar) || ' ' || message_id AS moment,
    date_diff('day', DATE '1970-01-01', CAST(occurred_at AS date)) AS day,
    hour(occurred_at) * 2 + minute(occurred_at) / 30 AS half_hour,
    year(occurred_at) * 12 + month(occurred_at) AS calendar_month,
    MAX(year(occurred_at) * 12 + month(occurred_at)) OVER (PARTITION BY customer_id) AS last_month,
    -- The traits of a group call are the group's.
    CAST(json_parse(CASE WHEN type = 'group' THEN '{}' ELSE traits END) AS map(varchar, json)) AS traits
  FROM v_interactions
),
-- What an interaction counts for, as lists in step: the kind of thing, its name, and the JSON of a trait.
listed AS (
  SELECT
    customer_id,
    persona_id,
    occurred_at,
    seen_at,
    moment,
    day,
    half_hour,
    ARRAY['type', 'touchpoint', 'channel', 'campaign', 'event', 'day']
      || transform(filter(product_ids, id -> calendar_month > last_month - 3), id -> 'product')
      || transform(filter(categories, id -> calendar_month > last_month - 12), id -> 'category')
      || transform(map_keys(traits), name -> 'trait') AS kinds,
    ARRAY[
      type,
      touchpoint,
      channel,
      campaign,
      CASE WHEN type = 'track' THEN event END,
      -- Identify, group and alias calls are often made by systems.
      CASE WHEN type IN ('track', 'page', 'screen') THEN CAST(day AS varchar) END
    ]
      || filter(product_ids, id -> calendar_month > last_month - 3)
      || filter(categories, id -> calendar_month > last_month - 12)
      || map_keys(traits) AS names,
    transform(map_values(traits), item -> json_format(item)) AS values_of_traits
  FROM marked
),
counted AS (
  SELECT
    customer_id,
    persona_id,
    occurred_at,
    seen_at,
    moment,
    day,
    half_hour,
    kinds[place] AS kind,
    names[place] AS name,
    -- Traits come last.
    CASE
      WHEN kinds[place] = 'trait' THEN values_of_traits[place - cardinality(kinds) + cardinality(values_of_traits)]
    END AS trait
  FROM listed
  CROSS JOIN UNNEST(sequence(1, cardinality(kinds))) AS places (place)
),
by_persona AS (
  SELECT
    customer_id,
    persona_id,
    kind,
    name,
    COUNT(*) AS n,
    MIN(seen_at) AS first_at,
    MAX(occurred_at) AS last_at,
    MAX(moment) AS last_moment,
    MAX_BY(trait, moment) AS trait,
    ARRAY_AGG(day) FILTER (
      WHERE kind = 'event' AND day > date_diff('day', DATE '1970-01-01', current_date) - 92
    ) AS event_days,
    ARRAY_AGG(DISTINCT half_hour) FILTER (WHERE kind = 'day') AS half_hours
  FROM counted
  WHERE name IS NOT NULL AND name <> ''
  GROUP BY customer_id, persona_id, kind, name
),
by_customer AS (
  SELECT
    customer_id,
    kind,
    name,
    SUM(n) AS n,
    MIN(first_at) AS first_at,
    MAX(last_at) AS last_at,
    MAX_BY(trait, last_moment) AS trait,
    flatten(ARRAY_AGG(event_days) FILTER (WHERE event_days IS NOT NULL)) AS event_days,
    -- A session is a run of half hours within a day.
    SUM(cardinality(filter(half_hours, slot -> NOT contains(half_hours, slot - 1)))) AS sessions
  FROM by_persona
  GROUP BY customer_id, kind, name
),
named AS (
  SELECT
    customer_id,
    MIN(first_at) AS first_seen,
    MAX(last_at) AS last_seen,
    SUM(n) FILTER (WHERE kind = 'type') AS interactions,
    COALESCE(SUM(sessions), 0) AS sessions,
    map(ARRAY_AGG(name) FILTER (WHERE kind = 'type'), ARRAY_AGG(n) FILTER (WHERE kind = 'type')) AS types,
    map(ARRAY_AGG(name) FILTER (WHERE kind = 'touchpoint'), ARRAY_AGG(n) FILTER (WHERE kind = 'touchpoint')) AS touchpoints,
    map(ARRAY_AGG(name) FILTER (WHERE kind = 'channel'), ARRAY_AGG(n) FILTER (WHERE kind = 'channel')) AS channels,
    map(ARRAY_AGG(name) FILTER (WHERE kind = 'campaign'), ARRAY_AGG(n) FILTER (WHERE kind = 'campaign')) AS campaigns,
    map(ARRAY_AGG(name) FILTER (WHERE kind = 'product'), ARRAY_AGG(n) FILTER (WHERE kind = 'product')) AS products,
    map(ARRAY_AGG(name) FILTER (WHERE kind = 'category'), ARRAY_AGG(n) FILTER (WHERE kind = 'category')) AS categories,
    -- Null, and what is longer than profiles keep, hides a trait.
    map(
      ARRAY_AGG(name) FILTER (WHERE kind = 'trait' AND trait <> 'null' AND length(to_utf8(trait)) <= 1024),
      ARRAY_AGG(trait) FILTER (WHERE kind = 'trait' AND trait <> 'null' AND length(to_utf8(trait)) <= 1024)
    ) AS traits,
    map(
      ARRAY_AGG(name) FILTER (WHERE event_days IS NOT NULL),
      ARRAY_AGG(event_days) FILTER (WHERE event_days IS NOT NULL)
    ) AS event_days
  FROM by_customer
  GROUP BY customer_id
),
-- Of several messages about an order the earliest purchase speaks for it.
messages_by_order AS (
  SELECT
    customer_id,
    persona_id,
    COALESCE('order ' || order_id, 'message ' || message_id) AS order_key,
    currency,
    SUM(refund_minor) AS refund_minor,
    BOOL_OR(event <> 'Order Completed' AND refund_minor IS NULL AND order_id IS NOT NULL) AS is_refunded_in_full,
    MIN(CAST(occurred_at AS varchar) || ' ' || message_id) FILTER (WHERE revenue_minor IS NOT NULL) AS purchase,
    MIN_BY(revenue_minor, CAST(occurred_at AS varchar) || ' ' || message_id) FILTER (
      WHERE revenue_minor IS NOT NULL
    ) AS revenue_minor,
    MIN(occurred_at) FILTER (WHERE revenue_minor IS NOT NULL) AS first_at,
    MAX(occurred_at) FILTER (WHERE revenue_minor IS NOT NULL) AS last_at
  FROM v_interactions
  WHERE event IN ('Order Completed', 'Order Refunded', 'Order Cancelled') AND currency IS NOT NULL
  GROUP BY customer_id, persona_id, COALESCE('order ' || order_id, 'message ' || message_id), currency
),
orders AS (
  SELECT
    *,
    COALESCE(purchase = MIN(purchase) OVER same_order, false) AS is_purchase,
    MIN(purchase) OVER same_order IS NOT NULL AND BOOL_OR(is_refunded_in_full) OVER same_order AS is_given_back
  FROM messages_by_order
  WINDOW same_order AS (PARTITION BY customer_id, persona_id, order_key)
),
money AS (
  SELECT
    customer_id,
    currency,
    COUNT_IF(is_purchase) AS orders,
    COALESCE(SUM(revenue_minor) FILTER (WHERE is_purchase), 0) AS gross_minor,
    SUM(
      CASE
        WHEN NOT is_given_back THEN COALESCE(refund_minor, 0)
        WHEN is_purchase THEN revenue_minor
        ELSE 0
      END
    ) AS refunded_minor,
    MIN(first_at) AS first_at,
    MAX(last_at) AS last_at
  FROM orders
  WHERE purchase IS NOT NULL OR refund_minor IS NOT NULL
  GROUP BY customer_id, currency
),
purchased AS (
  SELECT
    customer_id,
    SUM(orders) AS orders,
    MIN(first_at) AS first_purchase,
    MAX(last_at) AS last_purchase,
    map(ARRAY_AGG(currency), ARRAY_AGG(orders)) AS orders_by_currency,
    map(ARRAY_AGG(currency), ARRAY_AGG(gross_minor)) AS gross_minor,
    map(ARRAY_AGG(currency), ARRAY_AGG(refunded_minor)) AS refunded_minor,
    map(ARRAY_AGG(currency), ARRAY_AGG(first_at)) AS first_purchases,
    map(ARRAY_AGG(currency), ARRAY_AGG(last_at)) AS last_purchases
  FROM money
  GROUP BY customer_id
),
-- What purchase messages say was paid on a day, for each currency and for all together.
paid AS (
  SELECT customer_id, name, day, SUM(revenue_minor) AS paid_minor
  FROM (
    SELECT
      customer_id,
      date_diff('day', DATE '1970-01-01', CAST(occurred_at AS date)) AS day,
      revenue_minor,
      ARRAY[currency, 'all'] AS names
    FROM v_interactions
    WHERE event = 'Order Completed' AND revenue_minor IS NOT NULL AND currency IS NOT NULL
  ) AS purchases
  CROSS JOIN UNNEST(names) AS each_name (name)
  WHERE day > date_diff('day', DATE '1970-01-01', current_date) - 92
  GROUP BY customer_id, name, day
),
paid_since AS (
  SELECT
    customer_id,
    name,
    day,
    SUM(paid_minor) OVER (PARTITION BY customer_id, name ORDER BY day DESC) AS since_minor
  FROM paid
),
spent_by_name AS (
  SELECT
    customer_id,
    name,
    ARRAY_AGG(day ORDER BY day) AS days,
    ARRAY_AGG(since_minor ORDER BY day) AS since_minor
  FROM paid_since
  GROUP BY customer_id, name
),
spent AS (
  SELECT
    customer_id,
    map(ARRAY_AGG(name), ARRAY_AGG(days)) AS spend_days,
    map(ARRAY_AGG(name), ARRAY_AGG(since_minor)) AS spend_since
  FROM spent_by_name
  GROUP BY customer_id
)
SELECT
  named.customer_id,
  named.first_seen,
  named.last_seen,
  named.interactions,
  named.sessions,
  COALESCE(purchased.orders, 0) AS orders,
  purchased.first_purchase,
  purchased.last_purchase,
  named.traits,
  named.types,
  named.touchpoints,
  named.channels,
  named.campaigns,
  named.products,
  named.categories,
  purchased.orders_by_currency,
  purchased.gross_minor,
  purchased.refunded_minor,
  purchased.first_purchases,
  purchased.last_purchases,
  named.event_days,
  spent.spend_days,
  spent.spend_since
FROM named
LEFT JOIN purchased ON purchased.customer_id = named.customer_id
LEFT JOIN spent ON spent.customer_id = named.customer_id
