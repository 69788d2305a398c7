-- What each customer says yes and no to, as the live profile holds it (functions/domain/consent/consent-registers.ts). A no holds until
-- a later yes that is said anew: explicitly, or by a source whose own last stamp before was that no. What a browser says never undoes
-- a no that a trusted touchpoint told. Of what public keys claim of others nothing counts here.
WITH words AS (
  SELECT
    customer_id,
    standing IS NULL OR standing = 'trusted' AS is_trusted,
    regexp_extract(word, '^(said|stamped) (yes|no) (.+)$', 1) = 'said' AS is_said,
    regexp_extract(word, '^(said|stamped) (yes|no) (.+)$', 2) = 'yes' AS is_yes,
    regexp_extract(word, '^(said|stamped) (yes|no) (.+)$', 3) AS category,
    -- Who stamps: the browser or device that it came from, else its touchpoint.
    COALESCE(
      element_at(filter(identifiers, item -> regexp_like(item, '^(anonymous_id|device_id):')), 1),
      touchpoint
    ) AS source,
    occurred_at,
    received_at,
    -- Without the message’s id: of what is said, arrives and stands at the same place nothing is later.
    substr(moment, 1, 60) AS moment,
    -- When it was said, to the microsecond; what follows is its arrival and its place.
    substr(moment, 1, 27) AS said_moment
  FROM v_interactions
  CROSS JOIN UNNEST(consents) AS said (word)
  WHERE COALESCE(standing, 'trusted') <> 'claimed'
),
against AS (
  SELECT
    *,
    -- Of several yeses the last counts, and of those said at once the first to arrive.
    said_moment = MAX(said_moment) OVER of_speaker AND moment = MIN(moment) OVER of_time AS is_last,
    MAX(CASE WHEN NOT is_yes THEN moment END) OVER of_category AS no_moment,
    MAX(CASE WHEN NOT is_yes THEN received_at END) OVER of_category AS no_received_at,
    MAX(CASE WHEN NOT is_yes AND is_trusted THEN moment END) OVER of_category AS trusted_no_moment,
    MAX(CASE WHEN NOT is_yes AND is_trusted THEN received_at END) OVER of_category AS trusted_no_received_at,
    MAX(CASE WHEN NOT is_yes AND NOT is_said THEN moment END) OVER of_source AS own_no_moment,
    MAX(CASE WHEN NOT is_yes AND NOT is_said THEN received_at END) OVER of_source AS own_no_received_at
  FROM words
  WINDOW
    of_category AS (PARTITION BY customer_id, category),
    of_source AS (PARTITION BY customer_id, category, is_trusted, source),
    of_speaker AS (
      PARTITION BY customer_id, category, is_trusted, is_yes, is_said, CASE WHEN is_said AND is_trusted THEN '' ELSE source END
    ),
    of_time AS (
      PARTITION BY customer_id, category, is_trusted, is_yes, is_said, CASE WHEN is_said AND is_trusted THEN '' ELSE source END, said_moment
    )
),
weighed AS (
  SELECT
    *,
    -- Whether it is said later than every no, and known no earlier: a clock can bend one of the two, not both.
    is_last AND is_yes AND is_said
      AND (no_moment IS NULL OR (moment > no_moment AND received_at >= no_received_at)) AS is_anew,
    is_last AND is_yes AND is_said AND is_trusted
      AND (trusted_no_moment IS NULL OR (moment > trusted_no_moment AND received_at >= trusted_no_received_at)) AS is_trusted_anew,
    is_last AND is_yes AND NOT is_said
      AND COALESCE(
        own_no_moment >= no_moment AND own_no_received_at >= no_received_at
          AND moment > own_no_moment AND received_at >= own_no_received_at,
        FALSE
      ) AS is_turned,
    is_last AND is_yes AND NOT is_said AND is_trusted
      AND COALESCE(
        own_no_moment >= trusted_no_moment AND own_no_received_at >= trusted_no_received_at
          AND moment > own_no_moment AND received_at >= own_no_received_at,
        FALSE
      ) AS is_trusted_turned
  FROM against
),
verdicts AS (
  SELECT
    customer_id,
    category,
    BOOL_OR(NOT is_yes) AS is_refused,
    BOOL_OR(NOT is_yes AND is_trusted) AS is_refused_by_trusted,
    BOOL_OR(is_anew) AS is_anew,
    BOOL_OR(is_trusted_anew) AS is_trusted_anew,
    BOOL_OR(is_turned) AS is_turned,
    BOOL_OR(is_trusted_turned) AS is_trusted_turned,
    MAX(CASE WHEN is_anew THEN occurred_at END) AS anew_at,
    MAX(CASE WHEN NOT is_yes THEN occurred_at END) AS refused_at,
    MAX(CASE WHEN NOT is_yes AND is_trusted THEN occurred_at END) AS refused_by_trusted_at,
    MAX(CASE WHEN is_yes AND NOT is_said THEN occurred_at END) AS stamped_at
  FROM weighed
  GROUP BY customer_id, category
)
SELECT
  customer_id,
  split_part(category, ':', 1) AS purpose,
  split_part(category, ':', 2) AS channel,
  NOT is_no AND (is_anew OR stamped_at IS NOT NULL) AS is_granted,
  CASE
    WHEN is_no AND is_firm THEN refused_by_trusted_at
    WHEN is_no THEN refused_at
    WHEN is_anew THEN anew_at
    ELSE stamped_at
  END AS said_at
FROM (
  SELECT
    *,
    is_refused_by_trusted AND NOT is_trusted_anew AND NOT is_trusted_turned AS is_firm,
    (is_refused_by_trusted AND NOT is_trusted_anew AND NOT is_trusted_turned)
      OR (is_refused AND NOT is_anew AND NOT is_turned) AS is_no
  FROM verdicts
) AS decided
WHERE is_no OR is_anew OR stamped_at IS NOT NULL
