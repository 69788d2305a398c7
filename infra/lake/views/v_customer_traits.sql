-- The traits of each customer as v_customers has them, for a third of its price: the lake is read once, and three of its columns.
WITH said AS (
  SELECT
    customer_id,
    item.name,
    MAX_BY(json_format(item.value), moment) AS trait
  FROM v_interactions
  CROSS JOIN UNNEST(CAST(json_parse(traits) AS map(varchar, json))) AS item (name, value)
  -- The traits of a group call are the group's.
  WHERE type <> 'group'
    AND traits <> '{}'
  GROUP BY customer_id, item.name
)
SELECT
  customer_id,
  map(ARRAY_AGG(name), ARRAY_AGG(trait)) AS traits
FROM said
-- Null, and what is longer than profiles keep, hides a trait.
WHERE trait <> 'null'
  AND length(to_utf8(trait)) <= 1024
GROUP BY customer_id
