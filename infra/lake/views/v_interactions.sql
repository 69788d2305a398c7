-- Each interaction once: of several deliveries of one message the first counts.
SELECT
  message_id,
  type,
  event,
  name,
  occurred_at,
  received_at,
  touchpoint,
  persona_id,
  -- Until personas are merged each is a customer of its own.
  persona_id AS customer_id,
  user_key,
  anonymous_key,
  group_key,
  previous_key,
  order_id,
  revenue_minor,
  refund_minor,
  currency,
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
    *,
    ROW_NUMBER() OVER (PARTITION BY message_id ORDER BY received_at, dt) AS delivery
  FROM interactions
) AS deliveries
WHERE delivery = 1
