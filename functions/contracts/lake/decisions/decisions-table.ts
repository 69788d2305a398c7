import * as z from 'zod';
import { flag, instant, integer, numbers, text, textOrNull, texts } from '#contracts/lake/column.ts';
import { lands } from '#contracts/lake/landed-event.ts';
import type { LakeTableDefinition } from '#contracts/lake/table.ts';
import { decisionToRows } from './decision-rows.ts';

/**
 * A row of the lake's `decisions`: what one placement was decided to show, with all candidates as lists of one order. Lists read
 * cheaper than rows: what is the same for all candidates stands once, and a query pays for the lists that it names.
 */
export const DecisionRow = z.object({
  decision_id: text('Id of the decision; several placements of one call share it'),
  decided_at: instant('When it was decided, UTC'),
  customer_id: text('Customer at that time'),
  persona_id: text('Persona that was asked for'),
  is_known: flag('Whether anything was known of the customer'),
  touchpoint: text('Where the customer was'),
  placement_id: text('Slot that was to be filled'),
  channel: text('Channel of the placement'),
  direction: text('inbound, the customer came; outbound, the firm went to the customer'),
  strategy_id: textOrNull('Strategy in charge; null where none was'),
  arm: text('champion, a challenger’s name, a measuring arm or holdout'),
  unit_id: textOrNull('Whose hash dealt the arm, by the first exposure on record; null without a strategy'),
  variant: text('Name of the way of ranking'),
  ordering: text('What ordered the eligible: score, propensity or lot'),
  exploration: text('thompson, by a draw from the posterior, or mean'),
  is_held_out: flag('Whether standard treatments were held back to measure what deciding is worth'),
  treatment_limit: integer('Treatments that could be shown, at most'),
  degraded: texts('What could not be read in time: models, budgets'),
  catalogue_revision: integer('State of the catalogue that it was made from'),
  engine: integer('Number of the engine that decided: compare the numbers of one engine only'),
  features: text('What models saw of customer and moment: hashed features, base64url'),
  treatment_ids: texts('Every treatment that fits the placement; the other lists are in this order'),
  offer_ids: texts('Their offers'),
  offer_groups: texts('Groups of their offers'),
  results: texts('shown, or why not: not_eligible, contact_cap, outranked …'),
  result_sources: texts('Whose rule, which contact policy or which budget said so; empty for none'),
  propensities: numbers('P: calibrated probability of acceptance; null for what did not reach arbitration'),
  posterior_means: numbers('Mean of the latent score'),
  posterior_variances: numbers('Variance of the latent score'),
  drawn_propensities: numbers('P as it entered the score'),
  context_weights: numbers('C: weight of the moment'),
  values_minor: numbers('V: value of an acceptance, in minor units'),
  levers: numbers('L: business weight'),
  costs_minor: numbers('Cost of the contact, in minor units'),
  shadow_costs_minor: numbers('Sum of shadow price times amount over scarce resources, in minor units'),
  scores: numbers('P · C · V · L − cost − shadow costs, in minor units; P where propensity orders'),
  ranks: numbers('Place at the placement, from 1; null for what was not shown'),
  probabilities: numbers('Probability of being shown, given what earlier placements of the call show'),
});
export type DecisionRow = z.infer<typeof DecisionRow>;

/** Table `decisions`. */
export const decisionsTable: LakeTableDefinition = {
  name: 'decisions',
  description:
    'Every decision with all its candidates, a row a placement, by arrival date (dt). Analysts read v_decisions.',
  columns: DecisionRow,
  kept: 'as interactions',
  events: [
    lands('DecisionMade', ({ detail }, { decisionsIn }) =>
      detail.decisions.flatMap(({ record }) => decisionsIn(record)).flatMap(decisionToRows),
    ),
  ],
  // Packed records grow some twentyfold as rows, and the transform's answer has to stay under 6 MB.
  transformMegabytes: 0.2,
};
