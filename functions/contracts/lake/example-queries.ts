/** A query that shows how a table, view or column is asked; a test runs it. */
export interface ExampleQuery {
  /** The table or view, or `<view>.<column>` for a map. */
  readonly of: string;
  /** What it answers, as a question. */
  readonly asks: string;
  readonly sql: string;
}

const example = (of: string, asks: string, sql: string): ExampleQuery => ({ of, asks, sql });

/** An example for each table, view and map column, in the data dictionary. */
export const exampleQueries: readonly ExampleQuery[] = [
  example(
    'interactions',
    'How often is a message delivered more than once, lately?',
    `SELECT dt, COUNT(*) - COUNT(DISTINCT message_id) AS repeats
FROM interactions
WHERE dt >= date_format(current_date - INTERVAL '7' DAY, '%Y-%m-%d')
GROUP BY dt
ORDER BY dt`,
  ),
  example(
    'rejected_interactions',
    'What is wrong with the events that were refused?',
    `SELECT touchpoint, reason, path, SUM(events) AS events
FROM rejected_interactions
WHERE payload_part = 1
GROUP BY touchpoint, reason, path
ORDER BY events DESC`,
  ),
  example(
    'identity_links',
    'Why do links join nobody?',
    `SELECT reason, COUNT(DISTINCT change_id) AS refused
FROM identity_links
WHERE kind = 'refusal'
GROUP BY reason
ORDER BY refused DESC`,
  ),
  example(
    'decisions',
    'How often could models or budgets not be read in time?',
    `SELECT dt, COUNT_IF(cardinality(degraded) > 0) AS degraded, COUNT(*) AS decisions
FROM decisions
GROUP BY dt
ORDER BY dt`,
  ),
  example(
    'dispositions',
    'Which touchpoints tell of decisions that nobody knows?',
    `SELECT touchpoint, COUNT(DISTINCT disposition_id) AS unknown
FROM dispositions
WHERE is_unknown
GROUP BY touchpoint`,
  ),
  example(
    'segment_changes',
    'How many customers enter and leave segments, by day?',
    `SELECT date_format(occurred_at, '%Y-%m-%d') AS day, segment_id,
  COUNT(DISTINCT IF(is_in, change_id)) AS entered, COUNT(DISTINCT IF(NOT is_in, change_id)) AS exited
FROM segment_changes
WHERE dt >= '2026-01'
GROUP BY 1, 2
ORDER BY 1, 2`,
  ),
  example(
    'catalogue_changes',
    'Who changed the catalogue lately, and what?',
    `SELECT DISTINCT version, changed_at, changed_by, kind, item_id, is_deleted
FROM catalogue_changes
ORDER BY version DESC
LIMIT 20`,
  ),
  example(
    'v_customers_identity',
    'How many identifiers of each type does a customer have?',
    `SELECT identifier_type, COUNT(*) AS identifiers, COUNT(DISTINCT customer_id) AS customers
FROM v_customers_identity
GROUP BY identifier_type`,
  ),
  example(
    'v_interactions',
    'How does a funnel narrow, for customers?',
    `SELECT
  COUNT(DISTINCT IF(event = 'Product Viewed', customer_id)) AS viewed,
  COUNT(DISTINCT IF(event = 'Product Added', customer_id)) AS added,
  COUNT(DISTINCT IF(event = 'Order Completed', customer_id)) AS bought
FROM v_interactions
WHERE occurred_at >= current_date - INTERVAL '28' DAY`,
  ),
  example(
    'v_orders',
    'What is paid a month, and what part of it is given back?',
    `SELECT date_format(ordered_at, '%Y-%m') AS month, currency, SUM(net_minor) / 1E2 AS net,
  CAST(SUM(refunded_minor) AS double) / NULLIF(SUM(gross_minor), 0) AS refunded_share
FROM v_orders
GROUP BY 1, 2
ORDER BY 1, 2`,
  ),
  example(
    'v_customers',
    'How many customers bought for the first time in each month, and how many of them came back?',
    `SELECT date_format(first_purchase, '%Y-%m') AS cohort, COUNT(*) AS customers, COUNT_IF(orders > 1) AS came_back
FROM v_customers
WHERE first_purchase IS NOT NULL
GROUP BY 1
ORDER BY 1`,
  ),
  example(
    'v_customers.traits',
    'How many customers have which plan?',
    `SELECT json_extract_scalar(element_at(traits, 'plan'), '$') AS plan, COUNT(*) AS customers
FROM v_customers
GROUP BY 1`,
  ),
  counted('types', 'type', 'How many interactions of each type are there?'),
  counted('touchpoints', 'touchpoint', 'Where do firm and customers meet most?'),
  counted('channels', 'channel', 'Which channels do customers use?'),
  counted('campaigns', 'campaign', 'Which campaigns bring the most interactions?'),
  counted('products', 'product', 'Which products are looked at most?'),
  counted('categories', 'category', 'Which categories are looked at most?'),
  counted('orders_by_currency', 'currency', 'How many orders are there in each currency?'),
  counted('gross_minor', 'currency', 'What was paid in each currency, in minor units?'),
  counted('refunded_minor', 'currency', 'What was given back in each currency, in minor units?'),
  example(
    'v_customers.first_purchases',
    'Since when do customers buy in each currency?',
    `SELECT currency, MIN(first_at) AS since
FROM v_customers
CROSS JOIN UNNEST(first_purchases) AS purchase (currency, first_at)
GROUP BY currency`,
  ),
  example(
    'v_customers.last_purchases',
    'Who bought in euros in the last thirty days?',
    `SELECT customer_id
FROM v_customers
WHERE element_at(last_purchases, 'EUR') >= current_date - INTERVAL '30' DAY`,
  ),
  example(
    'v_customers.event_days',
    'On which days of the last 92 did a product get into how many carts?',
    `SELECT date_add('day', day, DATE '1970-01-01') AS day, COUNT(*) AS events
FROM v_customers
CROSS JOIN UNNEST(element_at(event_days, 'Product Added')) AS event (day)
GROUP BY 1
ORDER BY 1`,
  ),
  example(
    'v_customers.spend_days',
    'On how many days of the last 92 did customers buy in euros?',
    `SELECT cardinality(element_at(spend_days, 'EUR')) AS days, COUNT(*) AS customers
FROM v_customers
WHERE element_at(spend_days, 'EUR') IS NOT NULL
GROUP BY 1
ORDER BY 1`,
  ),
  example(
    'v_customers.spend_since',
    'Who paid most in euros in the last 92 days?',
    `SELECT customer_id, element_at(spend_since, 'EUR')[1] AS paid_minor
FROM v_customers
WHERE element_at(spend_since, 'EUR') IS NOT NULL
ORDER BY paid_minor DESC
LIMIT 10`,
  ),
  example(
    'v_customer_traits',
    'Which traits are known, and of how many?',
    `SELECT trait, COUNT(*) AS customers
FROM v_customer_traits
CROSS JOIN UNNEST(map_keys(traits)) AS known (trait)
GROUP BY trait
ORDER BY customers DESC`,
  ),
  example(
    'v_customer_traits.traits',
    'How many customers have which plan, for a third of what v_customers costs?',
    `SELECT json_extract_scalar(element_at(traits, 'plan'), '$') AS plan, COUNT(*) AS customers
FROM v_customer_traits
GROUP BY 1`,
  ),
  example(
    'v_consents',
    'How many may be written to by e-mail?',
    `SELECT channel, COUNT_IF(is_granted) AS yes, COUNT_IF(NOT is_granted) AS no
FROM v_consents
WHERE purpose = 'marketing'
GROUP BY channel`,
  ),
  example(
    'v_catalogue',
    'Which offers are live, and what are they worth?',
    `SELECT item_id, name, json_extract_scalar(item, '$.value.amountMinor') AS value_minor
FROM v_catalogue
WHERE kind = 'offers'
  AND json_extract_scalar(item, '$.state') = 'live'`,
  ),
  example(
    'v_segment_membership',
    'How many were in each segment at the end of each of the last seven days?',
    `SELECT day, segment_id, COUNT(DISTINCT customer_id) AS members
FROM v_segment_membership
CROSS JOIN UNNEST(sequence(current_date - INTERVAL '6' DAY, current_date)) AS each_day (day)
WHERE entered_at < date_add('day', 1, day)
  AND (exited_at IS NULL OR exited_at >= date_add('day', 1, day))
GROUP BY day, segment_id
ORDER BY day, segment_id`,
  ),
  example(
    'v_decisions',
    'Why were offers not shown?',
    `SELECT offer_name, result, result_source, COUNT(*) AS n
FROM v_decisions
WHERE result <> 'shown'
GROUP BY offer_name, result, result_source
ORDER BY n DESC`,
  ),
  example(
    'v_decisions.customer_traits',
    'What is shown to customers of each plan?',
    `SELECT json_extract_scalar(element_at(customer_traits, 'plan'), '$') AS plan, offer_name, COUNT(*) AS shown
FROM v_decisions
WHERE result = 'shown'
GROUP BY 1, 2
ORDER BY 1, 2`,
  ),
  example(
    'v_dispositions',
    'How many hours does a yes take, in the middle and at the ninth decile?',
    `SELECT offer_name, approx_percentile(date_diff('hour', decided_at, occurred_at), ARRAY[0.5, 0.9]) AS hours
FROM v_dispositions
WHERE response
GROUP BY offer_name`,
  ),
  example(
    'v_treatment_performance',
    'How do treatments do, by arm, against what models expect?',
    `SELECT treatment_id, arm, SUM(decisions) AS decisions,
  SUM(response_rate * decisions) / SUM(decisions) AS rate,
  SUM(expected_rate * decisions) / SUM(decisions) AS expected
FROM v_treatment_performance
GROUP BY treatment_id, arm
ORDER BY treatment_id, arm`,
  ),
  example(
    'v_contact_pressure',
    'How many customers had how many contacts in a week?',
    `SELECT contacts_7_days, COUNT(DISTINCT customer_id) AS customers
FROM v_contact_pressure
GROUP BY contacts_7_days
ORDER BY contacts_7_days`,
  ),
  example(
    'v_kpis',
    'Which KPIs miss their target today?',
    `SELECT name, level, part_id, value, target
FROM v_kpis
WHERE day = date_format(current_date, '%Y-%m-%d')
  AND NOT is_met
ORDER BY name, part_id`,
  ),
  example(
    'contacts',
    'Why were customers not contacted, by campaign?',
    `SELECT campaign_id, reason, COUNT(DISTINCT customer_id) AS customers
FROM contacts
WHERE state = 'excluded'
GROUP BY campaign_id, reason
ORDER BY customers DESC`,
  ),
  example(
    'campaign_runs',
    'Which runs began this month?',
    `SELECT DISTINCT run_id, campaign_id, started_at
FROM campaign_runs
WHERE started_at >= date_trunc('month', current_timestamp)
ORDER BY started_at`,
  ),
  example(
    'v_campaign_runs',
    'What have the runs of each campaign done?',
    `SELECT campaign_id, COUNT(*) AS runs, SUM(audience) AS audience, SUM(contacted) AS contacted, SUM(failed) AS failed
FROM v_campaign_runs
WHERE NOT is_dry_run
GROUP BY campaign_id
ORDER BY campaign_id`,
  ),
];

/** An example of a map of numbers: its sums by key. */
function counted(column: string, key: string, asks: string): ExampleQuery {
  const sql = `SELECT ${key}, SUM(n) AS n
FROM v_customers
CROSS JOIN UNNEST(${column}) AS entry (${key}, n)
GROUP BY ${key}
ORDER BY n DESC`;
  return example(`v_customers.${column}`, asks, sql);
}
