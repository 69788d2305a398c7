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
-- Messages about orders; what names no order is one of its own. Profiles calculate the same: functions/domain/profile/order-effect.ts.
told AS (
  SELECT
    customer_id,
    CASE WHEN order_id IS NULL THEN 'message ' || persona_id || ' ' || message_id ELSE 'order ' || order_id END AS order_key,
    occurred_at,
    currency,
    revenue_minor,
    refund_kind,
    COALESCE(stated_revenue, 0) AS stated_revenue,
    COALESCE(stated_total, 0) AS stated_total,
    COALESCE(stated_value, 0) AS stated_value,
    -- Major units of the currency in minor ones.
    CASE currency_decimals WHEN 0 THEN 1.0E0 WHEN 3 THEN 1.0E3 WHEN 4 THEN 1.0E4 ELSE 1.0E2 END AS scale,
    CASE WHEN order_id IS NULL AND refund_kind = 'stated' THEN refund_minor END AS loose_minor,
    -- A refund counts once by its number, else by its message.
    CASE
      WHEN order_id IS NOT NULL AND refund_kind IN ('stated', 'whole')
        THEN COALESCE('refund ' || refund_id, 'message ' || persona_id || ' ' || message_id)
    END AS refund_key,
    -- The purchase that speaks for the order: a trusted one before a public key's, then the earliest.
    CASE WHEN revenue_minor IS NOT NULL THEN
      CASE WHEN standing IN ('own', 'claimed') THEN '1 ' ELSE '0 ' END
        || CAST(occurred_at AS varchar) || ' ' || currency || ' '
        || lpad(CAST(revenue_minor AS varchar), 16, '0') || ' '
        || lpad(CAST(COALESCE(stated_revenue, 0) AS varchar), 16, '0') || ' '
        || lpad(CAST(COALESCE(stated_total, 0) AS varchar), 16, '0') || ' '
        || lpad(CAST(COALESCE(stated_value, 0) AS varchar), 16, '0')
    END AS claim
  FROM v_interactions
  WHERE event IN ('Order Completed', 'Order Refunded', 'Order Cancelled')
    AND (revenue_minor IS NOT NULL OR refund_kind IN ('stated', 'whole'))
),
told_once AS (
  SELECT
    *,
    claim IS NOT NULL
      AND ROW_NUMBER() OVER (PARTITION BY customer_id, order_key ORDER BY claim NULLS LAST) = 1 AS speaks,
    refund_key IS NOT NULL AND ROW_NUMBER() OVER (
      PARTITION BY customer_id, order_key, refund_key
      ORDER BY occurred_at, COALESCE(currency, ''), refund_kind, stated_revenue, stated_total, stated_value
    ) = 1 AS gives_back
  FROM told
),
priced AS (
  SELECT
    *,
    MAX(CASE WHEN speaks THEN currency END) OVER same_order AS order_currency,
    MAX(CASE WHEN speaks THEN scale END) OVER same_order AS order_scale,
    MAX(CASE WHEN speaks THEN revenue_minor END) OVER same_order AS order_minor,
    MAX(CASE WHEN speaks THEN stated_revenue END) OVER same_order AS order_revenue,
    MAX(CASE WHEN speaks THEN stated_total END) OVER same_order AS order_total,
    MAX(CASE WHEN speaks THEN stated_value END) OVER same_order AS order_value,
    -- The bases that are stated: refunds of the same ones are added up before they are read.
    CASE WHEN stated_revenue > 0 THEN 'r' ELSE '' END || CASE WHEN stated_total > 0 THEN 't' ELSE '' END
      || CASE WHEN stated_value > 0 THEN 'v' ELSE '' END AS bases
  FROM told_once
  WINDOW same_order AS (PARTITION BY customer_id, order_key)
),
added AS (
  SELECT
    customer_id,
    order_key,
    currency,
    bases,
    order_currency,
    order_scale,
    order_minor,
    order_revenue,
    order_total,
    order_value,
    BOOL_OR(speaks) AS speaks,
    MAX(CASE WHEN speaks THEN occurred_at END) AS ordered_at,
    MIN(CASE WHEN claim IS NOT NULL THEN occurred_at END) AS first_at,
    MAX(CASE WHEN claim IS NOT NULL THEN occurred_at END) AS last_at,
    SUM(loose_minor) AS loose_minor,
    BOOL_OR(gives_back AND refund_kind = 'whole') AS is_whole,
    SUM(CASE WHEN gives_back THEN stated_revenue ELSE 0 END) AS refund_revenue,
    SUM(CASE WHEN gives_back THEN stated_total ELSE 0 END) AS refund_total,
    SUM(CASE WHEN gives_back THEN stated_value ELSE 0 END) AS refund_value
  FROM priced
  GROUP BY
    customer_id, order_key, currency, bases, order_currency, order_scale, order_minor, order_revenue, order_total, order_value
),
-- The base that refund and order have in common, else the first that the refund states.
based AS (
  SELECT
    *,
    CASE
      WHEN refund_revenue > 0 AND order_revenue > 0 THEN refund_revenue
      WHEN refund_total > 0 AND order_total > 0 THEN refund_total
      WHEN refund_value > 0 AND order_value > 0 THEN refund_value
      WHEN refund_revenue > 0 THEN refund_revenue
      WHEN refund_total > 0 THEN refund_total
      ELSE refund_value
    END AS refund_amount,
    CASE
      WHEN refund_revenue > 0 AND order_revenue > 0 THEN order_revenue
      WHEN refund_total > 0 AND order_total > 0 THEN order_total
      WHEN refund_value > 0 AND order_value > 0 THEN order_value
    END AS order_amount
  FROM added
),
orders AS (
  SELECT
    customer_id,
    currency,
    speaks,
    ordered_at,
    order_minor,
    first_at,
    last_at,
    loose_minor,
    BOOL_OR(is_whole) OVER same_order AS is_whole,
    SUM(
      CASE
        WHEN currency <> order_currency THEN 0.0E0
        WHEN order_amount IS NULL THEN amount_minor
        ELSE floor(amount_minor * order_minor / order_amount + 0.5E0)
      END
    ) OVER same_order AS given_minor
  FROM (
    SELECT
      *,
      CASE
        WHEN currency IS NULL THEN floor(refund_amount * order_scale / 1.0E4 + 0.5E0)
        ELSE CAST(refund_amount AS double)
      END AS amount_minor
    FROM based
  ) AS amounts
  WINDOW same_order AS (PARTITION BY customer_id, order_key)
),
money AS (
  SELECT
    customer_id,
    currency,
    COUNT_IF(speaks) AS orders,
    COALESCE(SUM(order_minor) FILTER (WHERE speaks), 0) AS gross_minor,
    -- Nothing is given back that was not paid, of an order and of what names none.
    LEAST(
      COALESCE(SUM(order_minor) FILTER (WHERE speaks), 0),
      COALESCE(SUM(CASE WHEN is_whole THEN order_minor ELSE LEAST(order_minor, CAST(given_minor AS bigint)) END) FILTER (WHERE speaks), 0)
        + COALESCE(SUM(loose_minor), 0)
    ) AS refunded_minor,
    MIN(first_at) AS first_at,
    MAX(last_at) AS last_at
  FROM orders
  WHERE first_at IS NOT NULL OR loose_minor IS NOT NULL
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
-- What was paid for orders of a day, for each currency and for all together.
paid AS (
  SELECT customer_id, name, day, SUM(order_minor) AS paid_minor
  FROM (
    SELECT
      customer_id,
      date_diff('day', DATE '1970-01-01', CAST(ordered_at AS date)) AS day,
      order_minor,
      ARRAY[currency, 'all'] AS names
    FROM orders
    WHERE speaks AND order_minor > 0
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
