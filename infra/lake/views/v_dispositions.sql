-- What customers did with treatments, each disposition once: of several tellings the first counts.
-- A name costs nothing where nobody asks for it (docs/adr/0056-names-and-traits-are-looked-up-when-asked.md).
SELECT
  disposition_id,
  decision_id,
  treatment_id,
  offer_id,
  (
    SELECT MAX_BY(saved.name, saved.version)
    FROM catalogue_changes AS saved
    WHERE saved.kind = 'offers'
      AND saved.item_id = tellings.offer_id
      AND NOT saved.is_deleted
  ) AS offer_name,
  offer_group,
  placement_id,
  channel,
  direction,
  strategy_id,
  arm,
  variant,
  customer_id,
  persona_id,
  disposition,
  response,
  occurred_at,
  received_at,
  decided_at,
  touchpoint,
  is_late,
  is_unknown,
  propensity,
  probability,
  value_minor,
  currency,
  reason,
  root_cause,
  agent,
  call_back_at,
  note,
  dt
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY disposition_id ORDER BY received_at, dt) AS telling
  FROM dispositions
) AS tellings
WHERE telling = 1
