-- Every KPI of the catalogue, for each part that it is measured of and each day: what the decisions of the days that end with it came
-- to. A window is a sum that a day enters and leaves again, so that the lake is read once.
WITH kpis AS (
  SELECT
    item_id AS kpi_id,
    name,
    json_extract_scalar(item, '$.measure') AS measure,
    json_extract_scalar(item, '$.of.level') AS level,
    json_extract_scalar(item, '$.of.id') AS wanted_id,
    CAST(json_extract_scalar(item, '$.windowDays') AS bigint) AS window_days,
    json_extract_scalar(item, '$.better') AS better,
    CAST(json_extract_scalar(item, '$.target') AS double) AS target,
    json_extract_scalar(item, '$.currency') AS currency,
    json_extract_scalar(item, '$.guardrail') = 'true' AS is_guardrail
  FROM v_catalogue
  WHERE kind = 'kpis'
),
told_in_currencies AS (
  SELECT
    decision_id,
    treatment_id,
    COALESCE(currency, '') AS currency,
    BOOL_OR(disposition NOT IN ('bounced', 'no-answer', 'not-reached')) AS is_presented,
    BOOL_OR(COALESCE(response, FALSE)) AS is_accepted,
    BOOL_OR(disposition = 'converted') AS is_converted,
    BOOL_OR(disposition = 'complained') AS is_complained,
    BOOL_OR(disposition = 'unsubscribed') AS is_unsubscribed,
    SUM(COALESCE(value_minor, 0)) AS value_minor
  FROM v_dispositions
  WHERE NOT is_late
    AND NOT is_unknown
  GROUP BY decision_id, treatment_id, COALESCE(currency, '')
),
told AS (
  SELECT
    decision_id,
    treatment_id,
    BOOL_OR(is_presented) AS is_presented,
    BOOL_OR(is_accepted) AS is_accepted,
    BOOL_OR(is_converted) AS is_converted,
    BOOL_OR(is_complained) AS is_complained,
    BOOL_OR(is_unsubscribed) AS is_unsubscribed,
    SUM(value_minor) AS value_minor,
    map_agg(currency, value_minor) AS values_minor
  FROM told_in_currencies
  GROUP BY decision_id, treatment_id
),
stays AS (
  SELECT
    customer_id,
    ARRAY_AGG(segment_id ORDER BY entered_at, segment_id) AS segment_ids,
    ARRAY_AGG(entered_at ORDER BY entered_at, segment_id) AS entered_at,
    ARRAY_AGG(COALESCE(exited_at, TIMESTAMP '9999-12-31 00:00:00') ORDER BY entered_at, segment_id) AS exited_at
  FROM v_segment_membership
  GROUP BY customer_id
),
shown AS (
  SELECT
    decisions.decision_id,
    decisions.treatment_id,
    decisions.customer_id,
    CAST(decisions.decided_at AS date) AS day,
    decisions.strategy_id,
    decisions.channel,
    decisions.offer_group,
    decisions.offer_id,
    decisions.cost_minor,
    -- The segments that the customer was in at that time.
    COALESCE(
      transform(
        filter(
          sequence(1, cardinality(stays.segment_ids)),
          place -> stays.entered_at[place] <= decisions.decided_at AND decisions.decided_at < stays.exited_at[place]
        ),
        place -> stays.segment_ids[place]
      ),
      ARRAY[]
    ) AS segment_ids
  FROM v_decisions AS decisions
  LEFT JOIN stays ON stays.customer_id = decisions.customer_id
  WHERE decisions.result = 'shown'
),
parts AS (
  SELECT
    shown.*,
    ARRAY['business', 'strategy', 'channel', 'group', 'offer'] || transform(segment_ids, id -> 'segment') AS levels,
    ARRAY['all', COALESCE(strategy_id, ''), channel, offer_group, offer_id] || segment_ids AS part_ids
  FROM shown
),
-- What a customer’s day has of each part, for each KPI that asks for it.
daily AS (
  SELECT
    kpis.kpi_id,
    kpis.window_days,
    part.part_id,
    parts.customer_id,
    parts.day,
    COUNT(DISTINCT parts.decision_id) AS decisions,
    COUNT_IF(told.is_presented) AS presented,
    COUNT_IF(told.is_accepted) AS accepted,
    COUNT_IF(told.is_converted) AS converted,
    COUNT_IF(told.is_complained) AS complained,
    COUNT_IF(told.is_unsubscribed) AS unsubscribed,
    SUM(
      COALESCE(
        CASE WHEN kpis.currency IS NULL THEN told.value_minor ELSE element_at(told.values_minor, kpis.currency) END,
        0
      )
    ) AS value_minor,
    SUM(parts.cost_minor) AS cost_minor
  FROM parts
  CROSS JOIN UNNEST(parts.levels, parts.part_ids) AS part (level, part_id)
  JOIN kpis ON kpis.level = part.level AND COALESCE(kpis.wanted_id, part.part_id) = part.part_id
  LEFT JOIN told ON told.decision_id = parts.decision_id AND told.treatment_id = parts.treatment_id
  GROUP BY kpis.kpi_id, kpis.window_days, part.part_id, parts.customer_id, parts.day
),
followed AS (
  SELECT
    *,
    date_add('day', window_days, day) AS end_day,
    LEAD(day) OVER (PARTITION BY kpi_id, part_id, customer_id ORDER BY day) AS next_day
  FROM daily
),
-- A day’s numbers enter the window with it and leave when it ends; a customer is in it once, from the first day to the end of the last.
changes AS (
  SELECT
    followed.kpi_id,
    followed.part_id,
    change.day,
    SUM(change.sign * followed.decisions) AS decisions,
    SUM(change.sign * followed.presented) AS presented,
    SUM(change.sign * followed.accepted) AS accepted,
    SUM(change.sign * followed.converted) AS converted,
    SUM(change.sign * followed.complained) AS complained,
    SUM(change.sign * followed.unsubscribed) AS unsubscribed,
    SUM(change.sign * followed.value_minor) AS value_minor,
    SUM(change.sign * followed.cost_minor) AS cost_minor,
    SUM(change.person) AS customers
  FROM followed
  CROSS JOIN UNNEST(
    ARRAY[day, end_day, LEAST(end_day, COALESCE(next_day, end_day))],
    ARRAY[1, -1, 0],
    ARRAY[1, 0, -1]
  ) AS change (day, sign, person)
  WHERE change.day <= current_date
  GROUP BY followed.kpi_id, followed.part_id, change.day
),
windows AS (
  SELECT
    kpi_id,
    part_id,
    day,
    date_add('day', -1, LEAD(day, 1, date_add('day', 1, current_date)) OVER in_order) AS last_day,
    SUM(decisions) OVER in_order AS decisions,
    SUM(presented) OVER in_order AS presented,
    SUM(accepted) OVER in_order AS accepted,
    SUM(converted) OVER in_order AS converted,
    SUM(complained) OVER in_order AS complained,
    SUM(unsubscribed) OVER in_order AS unsubscribed,
    SUM(value_minor) OVER in_order AS value_minor,
    SUM(cost_minor) OVER in_order AS cost_minor,
    SUM(customers) OVER in_order AS customers
  FROM changes
  WINDOW in_order AS (PARTITION BY kpi_id, part_id ORDER BY day)
),
measured AS (
  SELECT
    kpis.*,
    windows.part_id,
    each_day.day,
    CASE kpis.measure
      WHEN 'decisions' THEN CAST(windows.decisions AS double)
      WHEN 'presentations' THEN CAST(windows.presented AS double)
      WHEN 'acceptances' THEN CAST(windows.accepted AS double)
      WHEN 'acceptance-rate' THEN windows.accepted / NULLIF(CAST(windows.presented AS double), 0E0)
      WHEN 'conversion-rate' THEN windows.converted / NULLIF(CAST(windows.presented AS double), 0E0)
      WHEN 'complaint-rate' THEN windows.complained / NULLIF(CAST(windows.presented AS double), 0E0)
      WHEN 'unsubscribe-rate' THEN windows.unsubscribed / NULLIF(CAST(windows.presented AS double), 0E0)
      WHEN 'value' THEN CAST(windows.value_minor AS double)
      WHEN 'value-per-customer' THEN CAST(windows.value_minor AS double) / windows.customers
      WHEN 'cost' THEN windows.cost_minor
    END AS value
  FROM windows
  JOIN kpis ON kpis.kpi_id = windows.kpi_id
  CROSS JOIN UNNEST(sequence(windows.day, windows.last_day)) AS each_day (day)
  WHERE windows.decisions > 0
)
SELECT
  kpi_id,
  name,
  measure,
  level,
  part_id,
  date_format(day, '%Y-%m-%d') AS day,
  window_days,
  value,
  target,
  CASE WHEN better = 'higher' THEN value >= target ELSE value <= target END AS is_met,
  is_guardrail,
  currency
FROM measured
