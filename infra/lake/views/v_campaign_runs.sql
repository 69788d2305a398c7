-- A row a run, by its latest version. What a run has done is counted from its customers; who was not decided for is pending while it
-- chooses, and failed once it has chosen. A dry run has no customers of its own: it says what it would have done.
WITH runs AS (
  SELECT *
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY run_id ORDER BY version DESC) AS place
    FROM campaign_runs
  ) AS versions
  WHERE place = 1
),
counted AS (
  SELECT
    run_id,
    COUNT(*) AS decided,
    COUNT_IF(state = 'contacted') AS contacted,
    COUNT_IF(state = 'heldOut') AS held_out,
    COUNT_IF(state = 'excluded') AS excluded,
    COUNT_IF(state = 'failed') AS failed,
    COUNT_IF(state = 'expired') AS expired,
    COUNT_IF(state = 'pending') AS pending
  FROM (
    SELECT run_id, customer_id, MAX_BY(state, changed_at) AS state
    FROM contacts
    GROUP BY run_id, customer_id
  ) AS latest
  GROUP BY run_id
)
SELECT
  runs.run_id,
  campaign_id,
  ordinal,
  is_dry_run,
  state,
  started_at,
  finished_at,
  COALESCE(audience, 0) AS audience,
  CASE WHEN is_dry_run THEN COALESCE(runs.contacted, 0) ELSE COALESCE(counted.contacted, 0) END AS contacted,
  CASE WHEN is_dry_run THEN COALESCE(runs.held_out, 0) ELSE COALESCE(counted.held_out, 0) END AS held_out,
  CASE WHEN is_dry_run THEN COALESCE(runs.excluded, 0) ELSE COALESCE(counted.excluded, 0) END AS excluded,
  CASE
    WHEN is_dry_run THEN COALESCE(runs.failed, 0)
    WHEN chosen_at IS NULL THEN COALESCE(counted.failed, 0)
    ELSE COALESCE(counted.failed, 0) + COALESCE(audience, 0) - COALESCE(decided, 0)
  END AS failed,
  CASE WHEN is_dry_run THEN COALESCE(runs.expired, 0) ELSE COALESCE(counted.expired, 0) END AS expired,
  CASE
    WHEN is_dry_run THEN COALESCE(runs.pending, audience, 0)
    WHEN chosen_at IS NULL THEN COALESCE(counted.pending, 0) + COALESCE(audience, 0) - COALESCE(decided, 0)
    ELSE COALESCE(counted.pending, 0)
  END AS pending
FROM runs
LEFT JOIN counted ON counted.run_id = runs.run_id
