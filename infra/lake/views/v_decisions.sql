-- Each decision once, a row for each treatment that was considered: of several deliveries the first counts.
SELECT
  made.decision_id,
  made.decided_at,
  made.customer_id,
  made.persona_id,
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
    *,
    ROW_NUMBER() OVER (PARTITION BY decision_id, placement_id ORDER BY dt) AS delivery
  FROM decisions
) AS made
CROSS JOIN UNNEST(made.treatment_ids) WITH ORDINALITY AS candidate (treatment_id, place)
WHERE made.delivery = 1
