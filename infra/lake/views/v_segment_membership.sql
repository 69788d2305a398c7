-- Who is and was in which segment, a row a stay: of several deliveries of a change one counts, and a stay ends with the next change.
-- A name costs nothing where nobody asks for it (docs/adr/0056-names-and-traits-are-looked-up-when-asked.md).
SELECT
  customer_id,
  segment_id,
  (
    SELECT MAX_BY(saved.name, saved.version)
    FROM catalogue_changes AS saved
    WHERE saved.kind = 'segments'
      AND saved.item_id = ordered.segment_id
      AND NOT saved.is_deleted
  ) AS segment_name,
  occurred_at AS entered_at,
  next_at AS exited_at,
  next_at IS NULL AS is_member
FROM (
  SELECT
    *,
    LEAD(occurred_at) OVER (PARTITION BY customer_id, segment_id ORDER BY version) AS next_at
  FROM (
    SELECT
      customer_id,
      segment_id,
      version,
      MIN(occurred_at) AS occurred_at,
      BOOL_OR(is_in) AS is_in
    FROM segment_changes
    GROUP BY customer_id, segment_id, version
  ) AS changes
) AS ordered
WHERE is_in
