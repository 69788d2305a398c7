-- Each interaction once: of several deliveries of one message the first counts. The customer is the one of now, for past interactions too,
-- and a refund that names no currency has the one of its order, as far as that is known.
SELECT
  message_id,
  type,
  event,
  name,
  occurred_at,
  received_at,
  sequence,
  moment,
  touchpoint,
  standing,
  persona_id,
  customer_id,
  user_key,
  anonymous_key,
  group_key,
  previous_key,
  identifiers,
  order_id,
  counts_as_order,
  revenue_minor,
  CASE
    WHEN refund_kind = 'stated' AND currency IS NULL
      -- Ten-thousandths of a major unit in minor ones, rounded half up.
      THEN CAST(
        floor(
          COALESCE(stated_revenue, stated_total, stated_value)
            * CASE order_decimals WHEN 0 THEN 1.0E0 WHEN 3 THEN 1.0E3 WHEN 4 THEN 1.0E4 WHEN 2 THEN 1.0E2 END / 1.0E4 + 0.5E0
        ) AS bigint
      )
    ELSE refund_minor
  END AS refund_minor,
  refund_kind,
  refund_id,
  stated_revenue,
  stated_total,
  stated_value,
  CASE WHEN refund_kind IS NULL THEN currency ELSE COALESCE(currency, order_currency) END AS currency,
  CASE WHEN refund_kind IS NULL THEN currency_decimals ELSE COALESCE(currency_decimals, order_decimals) END AS currency_decimals,
  currency AS stated_currency,
  product_ids,
  categories,
  campaign,
  channel,
  consents,
  properties,
  traits,
  context,
  dt
FROM (
  SELECT
    *,
    claim IS NOT NULL
      AND ROW_NUMBER() OVER (PARTITION BY customer_id, order_key ORDER BY claim NULLS LAST, persona_id, message_id) = 1
      AS counts_as_order,
    split_part(MIN(claim) OVER same_order, ' ', 4) AS order_currency,
    CAST(split_part(MIN(claim) OVER same_order, ' ', 5) AS bigint) AS order_decimals
  FROM (
    SELECT
      deliveries.*,
      -- A persona that nothing links is a customer of its own.
      COALESCE(identities.customer_id, deliveries.persona_id) AS customer_id,
      -- What names no order is one of its own.
      CASE
        WHEN order_id IS NULL THEN 'message ' || deliveries.persona_id || ' ' || message_id
        ELSE 'order ' || order_id
      END AS order_key,
      -- The purchase that speaks for the order has the first claim: a trusted one before a public key's, then the earliest. The
      -- currency is its fourth word, and its decimals the fifth.
      CASE WHEN revenue_minor IS NOT NULL THEN
        CASE WHEN standing IN ('own', 'claimed') THEN '1 ' ELSE '0 ' END
          || CAST(occurred_at AS varchar) || ' ' || currency || ' ' || CAST(currency_decimals AS varchar) || ' '
          || lpad(CAST(revenue_minor AS varchar), 16, '0') || ' '
          || lpad(CAST(COALESCE(stated_revenue, 0) AS varchar), 16, '0') || ' '
          || lpad(CAST(COALESCE(stated_total, 0) AS varchar), 16, '0') || ' '
          || lpad(CAST(COALESCE(stated_value, 0) AS varchar), 16, '0')
      END AS claim
    FROM (
      SELECT
        *,
        -- An id that messages of two personas share does not make them one message: profiles count both.
        ROW_NUMBER() OVER (PARTITION BY persona_id, message_id ORDER BY received_at, dt) AS delivery,
        -- Profiles join what a message says over all its deliveries: the last of them decides (docs/adr/0042-what-is-said-at-once-goes-by-arrival.md).
        MAX(
          CAST(occurred_at AS varchar)
            || ' ' || lpad(CAST(COALESCE(sequence, 0) / 20000 AS varchar), 3, '0')
            || ' ' || CAST(received_at AS varchar)
            || ' ' || lpad(CAST(COALESCE(sequence, 0) AS varchar), 8, '0')
            || ' ' || message_id
        ) OVER (PARTITION BY persona_id, message_id) AS moment
      FROM interactions
    ) AS deliveries
    LEFT JOIN v_customers_identity AS identities ON identities.persona_id = deliveries.persona_id
    WHERE deliveries.delivery = 1
  ) AS claims
  WINDOW same_order AS (PARTITION BY customer_id, order_key)
) AS interactions_once
