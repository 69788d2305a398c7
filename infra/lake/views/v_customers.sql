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
    moment,
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
      WHERE kind = 'event' AND name <> 'Order Completed' AND day > date_diff('day', DATE '1970-01-01', current_date) - 92
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
-- Money by day: orders without what was given back of them, and what was given back of nobody knows which. First and last purchase run
-- over every message, those that repeat an order too.
moved AS (
  SELECT
    customer_id,
    currency,
    date_diff('day', DATE '1970-01-01', CAST(moved_at AS date)) AS day,
    SUM(orders) AS orders,
    SUM(gross_minor) AS gross_minor,
    SUM(refunded_minor) AS refunded_minor,
    MIN(first_at) AS first_at,
    MAX(first_at) AS last_at
  FROM (
    SELECT
      customer_id,
      currency,
      ordered_at AS moved_at,
      1 AS orders,
      gross_minor,
      refunded_minor,
      CAST(NULL AS timestamp) AS first_at
    FROM v_orders
    UNION ALL
    SELECT
      customer_id,
      currency,
      occurred_at AS moved_at,
      0 AS orders,
      0 AS gross_minor,
      COALESCE(refund_minor, 0) AS refunded_minor,
      CASE WHEN revenue_minor IS NOT NULL THEN occurred_at END AS first_at
    FROM v_interactions
    WHERE event IN ('Order Completed', 'Order Refunded', 'Order Cancelled')
      AND (revenue_minor IS NOT NULL OR (order_id IS NULL AND refund_kind = 'stated'))
  ) AS movements
  GROUP BY customer_id, currency, date_diff('day', DATE '1970-01-01', CAST(moved_at AS date))
),
moved_since AS (
  SELECT
    *,
    day > date_diff('day', DATE '1970-01-01', current_date) - 92 AS is_recent,
    SUM(gross_minor - refunded_minor) OVER (PARTITION BY customer_id, currency ORDER BY day DESC) AS since_minor
  FROM moved
),
money AS (
  SELECT
    customer_id,
    currency,
    SUM(orders) AS orders,
    SUM(gross_minor) AS gross_minor,
    -- Nothing is given back that was not paid, of an order and of what names none.
    LEAST(SUM(gross_minor), SUM(refunded_minor)) AS refunded_minor,
    MIN(first_at) AS first_at,
    MAX(last_at) AS last_at,
    flatten(ARRAY_AGG(transform(sequence(1, orders), place -> day)) FILTER (WHERE is_recent AND orders > 0)) AS order_days,
    ARRAY_AGG(day ORDER BY day) FILTER (WHERE is_recent AND gross_minor <> refunded_minor) AS spend_days,
    ARRAY_AGG(since_minor ORDER BY day) FILTER (WHERE is_recent AND gross_minor <> refunded_minor) AS spend_since
  FROM moved_since
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
    map(ARRAY_AGG(currency), ARRAY_AGG(last_at)) AS last_purchases,
    flatten(ARRAY_AGG(order_days) FILTER (WHERE order_days IS NOT NULL)) AS order_days,
    map(
      ARRAY_AGG(currency) FILTER (WHERE spend_days IS NOT NULL),
      ARRAY_AGG(spend_days) FILTER (WHERE spend_days IS NOT NULL)
    ) AS spend_days,
    map(
      ARRAY_AGG(currency) FILTER (WHERE spend_days IS NOT NULL),
      ARRAY_AGG(spend_since) FILTER (WHERE spend_days IS NOT NULL)
    ) AS spend_since
  FROM money
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
  -- An order counts once, however often it is told.
  CASE
    WHEN purchased.order_days IS NULL THEN named.event_days
    WHEN named.event_days IS NULL THEN map(ARRAY['Order Completed'], ARRAY[purchased.order_days])
    ELSE map(map_keys(named.event_days) || ARRAY['Order Completed'], map_values(named.event_days) || ARRAY[purchased.order_days])
  END AS event_days,
  purchased.spend_days,
  purchased.spend_since
FROM named
LEFT JOIN purchased ON purchased.customer_id = named.customer_id
