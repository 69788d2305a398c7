-- Each decision once, a row for each treatment that was considered: of several deliveries the first counts.
-- Names and traits cost nothing where nobody asks for them (docs/adr/0056-names-and-traits-are-looked-up-when-asked.md).
SELECT
  made.decision_id,
  made.decided_at,
  made.customer_id,
  made.persona_id,
  (
    SELECT arbitrary(known.traits)
    FROM v_customer_traits AS known
    WHERE known.customer_id = made.now_customer_id
  ) AS customer_traits,
  made.is_known,
  made.touchpoint,
  made.placement_id,
  made.channel,
  made.direction,
  made.strategy_id,
  made.arm,
  made.unit_id,
  made.variant,
  made.ordering,
  made.exploration,
  made.is_held_out,
  made.catalogue_revision,
  made.engine,
  candidate.treatment_id,
  element_at(made.offer_ids, candidate.place) AS offer_id,
  (
    SELECT MAX_BY(saved.name, saved.version)
    FROM catalogue_changes AS saved
    WHERE saved.kind = 'offers'
      AND saved.item_id = element_at(made.offer_ids, candidate.place)
      AND NOT saved.is_deleted
  ) AS offer_name,
  element_at(made.offer_groups, candidate.place) AS offer_group,
  element_at(made.results, candidate.place) AS result,
  element_at(made.result_sources, candidate.place) AS result_source,
  element_at(made.propensities, candidate.place) AS propensity,
  element_at(made.posterior_means, candidate.place) AS posterior_mean,
  element_at(made.posterior_variances, candidate.place) AS posterior_variance,
  element_at(made.drawn_propensities, candidate.place) AS drawn_propensity,
  element_at(made.context_weights, candidate.place) AS context_weight,
  element_at(made.values_minor, candidate.place) AS value_minor,
  element_at(made.levers, candidate.place) AS lever,
  element_at(made.costs_minor, candidate.place) AS cost_minor,
  element_at(made.shadow_costs_minor, candidate.place) AS shadow_cost_minor,
  element_at(made.scores, candidate.place) AS score,
  element_at(made.ranks, candidate.place) AS place_shown,
  element_at(made.probabilities, candidate.place) AS probability,
  made.dt
FROM (
  SELECT
    deliveries.*,
    -- A persona that nothing links is a customer of its own.
    COALESCE(
      (
        SELECT arbitrary(identities.customer_id)
        FROM v_customers_identity AS identities
        WHERE identities.persona_id = deliveries.persona_id
      ),
      deliveries.persona_id
    ) AS now_customer_id,
    ROW_NUMBER() OVER (PARTITION BY decision_id, placement_id ORDER BY dt) AS delivery
  FROM decisions AS deliveries
) AS made
CROSS JOIN UNNEST(made.treatment_ids) WITH ORDINALITY AS candidate (treatment_id, place)
WHERE made.delivery = 1
