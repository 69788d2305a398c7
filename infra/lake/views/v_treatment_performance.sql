-- What came of each treatment by placement and arm, on the day of the decision: every decision and disposition counts once.
SELECT
  shown.day,
  shown.treatment_id,
  shown.offer_id,
  shown.offer_group,
  shown.placement_id,
  shown.channel,
  shown.strategy_id,
  shown.arm,
  COUNT(*) AS decisions,
  COUNT(DISTINCT shown.customer_id) AS customers,
  AVG(shown.propensity) AS expected_rate,
  SUM(COALESCE(told.presented, 0)) AS presented,
  SUM(COALESCE(told.clicked, 0)) AS clicked,
  SUM(COALESCE(told.accepted, 0)) AS accepted,
  SUM(COALESCE(told.converted, 0)) AS converted,
  SUM(COALESCE(told.rejected, 0)) AS rejected,
  SUM(COALESCE(told.ignored, 0)) AS ignored,
  SUM(COALESCE(told.complained, 0)) AS complained,
  SUM(COALESCE(told.unsubscribed, 0)) AS unsubscribed,
  SUM(COALESCE(told.considering, 0)) AS considering,
  SUM(COALESCE(told.call_back, 0)) AS call_back,
  SUM(COALESCE(told.no_answer, 0)) AS no_answer,
  SUM(COALESCE(told.not_reached, 0)) AS not_reached,
  SUM(COALESCE(told.bounced, 0)) AS bounced,
  AVG(CASE WHEN told.responses > 0 THEN 1.0E0 ELSE 0.0E0 END) AS response_rate,
  SUM(COALESCE(told.value_minor, 0)) AS value_minor,
  SUM(shown.cost_minor) AS cost_minor
FROM (
  SELECT
    date_format(decided_at, '%Y-%m-%d') AS day,
    decision_id,
    customer_id,
    treatment_id,
    offer_id,
    offer_group,
    placement_id,
    channel,
    strategy_id,
    arm,
    propensity,
    cost_minor
  FROM v_decisions
  WHERE result = 'shown'
) AS shown
LEFT JOIN (
  SELECT
    decision_id,
    treatment_id,
    SUM(CASE WHEN response THEN 1 ELSE 0 END) AS responses,
    SUM(CASE WHEN disposition = 'presented' THEN 1 ELSE 0 END) AS presented,
    SUM(CASE WHEN disposition = 'clicked' THEN 1 ELSE 0 END) AS clicked,
    SUM(CASE WHEN disposition = 'accepted' THEN 1 ELSE 0 END) AS accepted,
    SUM(CASE WHEN disposition = 'converted' THEN 1 ELSE 0 END) AS converted,
    SUM(CASE WHEN disposition = 'rejected' THEN 1 ELSE 0 END) AS rejected,
    SUM(CASE WHEN disposition = 'ignored' THEN 1 ELSE 0 END) AS ignored,
    SUM(CASE WHEN disposition = 'complained' THEN 1 ELSE 0 END) AS complained,
    SUM(CASE WHEN disposition = 'unsubscribed' THEN 1 ELSE 0 END) AS unsubscribed,
    SUM(CASE WHEN disposition = 'considering' THEN 1 ELSE 0 END) AS considering,
    SUM(CASE WHEN disposition = 'call-back' THEN 1 ELSE 0 END) AS call_back,
    SUM(CASE WHEN disposition = 'no-answer' THEN 1 ELSE 0 END) AS no_answer,
    SUM(CASE WHEN disposition = 'not-reached' THEN 1 ELSE 0 END) AS not_reached,
    SUM(CASE WHEN disposition = 'bounced' THEN 1 ELSE 0 END) AS bounced,
    SUM(COALESCE(value_minor, 0)) AS value_minor
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY disposition_id ORDER BY received_at, dt) AS delivery
    FROM dispositions
    WHERE NOT is_late AND NOT is_unknown
  ) AS deliveries
  WHERE delivery = 1
  GROUP BY decision_id, treatment_id
) AS told
  ON told.decision_id = shown.decision_id
  AND told.treatment_id = shown.treatment_id
GROUP BY
  shown.day,
  shown.treatment_id,
  shown.offer_id,
  shown.offer_group,
  shown.placement_id,
  shown.channel,
  shown.strategy_id,
  shown.arm
