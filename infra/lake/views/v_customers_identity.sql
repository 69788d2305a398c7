-- Every linked identifier once, with the customer that it is part of now: what was recorded last counts.
SELECT
  identifier_type,
  identifier_hash,
  persona_id,
  customer_id,
  recorded_at
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY persona_id ORDER BY epoch DESC) AS recency
  FROM identity_links
  WHERE kind = 'customer'
) AS customers_set
WHERE recency = 1
