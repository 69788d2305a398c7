-- How often customers were contacted, for each day on which one was: that day, and in the 7 and 30 days that end with it.
WITH daily AS (
  SELECT
    customer_id,
    date_format(decided_at, '%Y-%m-%d') AS day,
    COUNT(*) AS contacts,
    SUM(CASE WHEN direction = 'inbound' THEN 1 ELSE 0 END) AS inbound,
    SUM(CASE WHEN direction = 'outbound' THEN 1 ELSE 0 END) AS outbound
  FROM v_decisions
  WHERE result = 'shown'
  GROUP BY customer_id, date_format(decided_at, '%Y-%m-%d')
)
SELECT
  today.customer_id,
  today.day,
  today.contacts,
  SUM(CASE WHEN date_diff('day', date(earlier.day), date(today.day)) < 7 THEN earlier.contacts ELSE 0 END) AS contacts_7_days,
  SUM(CASE WHEN date_diff('day', date(earlier.day), date(today.day)) < 7 THEN earlier.inbound ELSE 0 END) AS inbound_7_days,
  SUM(CASE WHEN date_diff('day', date(earlier.day), date(today.day)) < 7 THEN earlier.outbound ELSE 0 END) AS outbound_7_days,
  SUM(earlier.contacts) AS contacts_30_days
FROM daily AS today
JOIN daily AS earlier
  ON earlier.customer_id = today.customer_id
  AND date_diff('day', date(earlier.day), date(today.day)) BETWEEN 0 AND 29
GROUP BY today.customer_id, today.day, today.contacts
