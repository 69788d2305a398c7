-- A row an order of a customer, whoever told it and however often: what was paid, what was given back, and what is left of it
-- (docs/adr/0033-an-order-is-what-all-its-messages-say.md). Profiles calculate the same: functions/domain/profile/order-effect.ts.
WITH told AS (
  SELECT
    customer_id,
    CASE WHEN order_id IS NULL THEN 'message ' || persona_id || ' ' || message_id ELSE 'order ' || order_id END AS order_key,
    order_id,
    message_id,
    touchpoint,
    occurred_at,
    counts_as_order AS speaks,
    revenue_minor,
    refund_kind,
    stated_currency,
    currency_decimals,
    COALESCE(stated_revenue, 0) AS stated_revenue,
    COALESCE(stated_total, 0) AS stated_total,
    COALESCE(stated_value, 0) AS stated_value,
    -- A refund counts once by its number, else by its message.
    CASE
      WHEN refund_kind IN ('stated', 'whole') THEN COALESCE('refund ' || refund_id, 'message ' || persona_id || ' ' || message_id)
    END AS refund_key
  FROM v_interactions
  WHERE event IN ('Order Completed', 'Order Refunded', 'Order Cancelled')
    AND (revenue_minor IS NOT NULL OR (order_id IS NOT NULL AND refund_kind IS NOT NULL))
),
told_once AS (
  SELECT
    *,
    refund_key IS NOT NULL AND ROW_NUMBER() OVER (
      PARTITION BY customer_id, order_key, refund_key
      ORDER BY occurred_at, COALESCE(stated_currency, ''), refund_kind, stated_revenue, stated_total, stated_value
    ) = 1 AS gives_back
  FROM told
),
priced AS (
  SELECT
    *,
    MAX(CASE WHEN speaks THEN stated_currency END) OVER same_order AS order_currency,
    MAX(CASE WHEN speaks THEN currency_decimals END) OVER same_order AS order_decimals,
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
    stated_currency,
    bases,
    order_currency,
    order_decimals,
    order_minor,
    order_revenue,
    order_total,
    order_value,
    MAX(order_id) AS order_id,
    MAX(CASE WHEN speaks THEN message_id END) AS message_id,
    MAX(CASE WHEN speaks THEN touchpoint END) AS touchpoint,
    MAX(CASE WHEN speaks THEN occurred_at END) AS ordered_at,
    MAX(occurred_at) AS last_told_at,
    COUNT(*) AS messages,
    BOOL_OR(gives_back AND refund_kind = 'whole') AS is_whole,
    SUM(CASE WHEN gives_back THEN stated_revenue ELSE 0 END) AS refund_revenue,
    SUM(CASE WHEN gives_back THEN stated_total ELSE 0 END) AS refund_total,
    SUM(CASE WHEN gives_back THEN stated_value ELSE 0 END) AS refund_value
  FROM priced
  WHERE order_minor IS NOT NULL
  GROUP BY
    customer_id, order_key, stated_currency, bases,
    order_currency, order_decimals, order_minor, order_revenue, order_total, order_value
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
given AS (
  SELECT
    *,
    -- A refund that names no currency is in ten-thousandths of a major unit of its order's.
    CASE
      WHEN stated_currency IS NULL THEN floor(
        refund_amount * CASE order_decimals WHEN 0 THEN 1.0E0 WHEN 3 THEN 1.0E3 WHEN 4 THEN 1.0E4 ELSE 1.0E2 END / 1.0E4 + 0.5E0
      )
      ELSE CAST(refund_amount AS double)
    END AS amount_minor
  FROM based
),
orders AS (
  SELECT
    customer_id,
    MAX(order_id) AS order_id,
    MAX(message_id) AS message_id,
    MAX(touchpoint) AS touchpoint,
    MAX(ordered_at) AS ordered_at,
    MAX(last_told_at) AS last_told_at,
    SUM(messages) AS messages,
    order_currency AS currency,
    order_decimals AS currency_decimals,
    order_minor AS gross_minor,
    -- Nothing is given back that was not paid.
    CASE
      WHEN BOOL_OR(is_whole) THEN order_minor
      ELSE LEAST(
        order_minor,
        CAST(
          SUM(
            CASE
              WHEN stated_currency <> order_currency THEN 0.0E0
              WHEN order_amount IS NULL THEN amount_minor
              ELSE floor(amount_minor * order_minor / order_amount + 0.5E0)
            END
          ) AS bigint
        )
      )
    END AS refunded_minor
  FROM given
  GROUP BY customer_id, order_key, order_currency, order_decimals, order_minor
)
SELECT
  customer_id,
  order_id,
  message_id,
  touchpoint,
  ordered_at,
  currency,
  currency_decimals,
  gross_minor,
  refunded_minor,
  gross_minor - refunded_minor AS net_minor,
  messages,
  last_told_at
FROM orders
