-- Every item of the catalogue as it is now: of several changes of an item the last counts, and what is deleted is not here.
SELECT
  kind,
  item_id,
  name,
  item,
  version,
  changed_at,
  changed_by
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY kind, item_id ORDER BY version DESC) AS recency
  FROM catalogue_changes
) AS changes
WHERE recency = 1
  AND NOT is_deleted
