-- Each interaction once: of several deliveries of one message the first counts. The customer is the one of now, for past interactions too.
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
  revenue_minor,
  refund_minor,
  refund_kind,
  refund_id,
  stated_revenue,
  stated_total,
  stated_value,
  currency,
  currency_decimals,
  product_ids,
  categories,
  campaign,
  channel,
  properties,
  traits,
  context,
  dt
FROM (
  SELECT
    deliveries.*,
    -- A persona that nothing links is a customer of its own.
    COALESCE(identities.customer_id, deliveries.persona_id) AS customer_id
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
) AS interactions_once
