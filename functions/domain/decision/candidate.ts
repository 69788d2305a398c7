import * as z from 'zod';
import { Channel } from '#domain/vocabulary/channel.ts';
import { Goal } from '#domain/vocabulary/goal.ts';
import { OfferKind } from '#domain/vocabulary/offer-kind.ts';

/** Why a treatment was not shown, in the order in which the questions are asked. The code is an API: analysts count by it. */
export const exclusionReasons = [
  'paused',
  'not_started',
  'ended',
  'not_eligible',
  'not_applicable',
  'not_suitable',
  'no_consent',
  'consent_refused',
  'address_bounced',
  'contact_cap',
  'resting',
  'quiet_hours',
  'budget_exhausted',
  'budget_unknown',
  'value_unknown',
  'held_out',
  'below_zero',
  'offer_shown',
  'outranked',
] as const;
export type ExclusionReason = (typeof exclusionReasons)[number];

/** Why a treatment was not shown, with what said so and until when that holds. */
export const Exclusion = z.object({
  reason: z.enum(exclusionReasons),
  /** The campaign's own reason, where it was none of a treatment's. */
  byCampaign: z.enum(['left_audience', 'merged', 'entry_limit', 'outbid']).optional(),
  /** Whose rule it was, when it was a rule. */
  of: z.enum(['group', 'offer', 'treatment']).optional(),
  /** Source of the rule. */
  rule: z.string().optional(),
  /** The contact policy that spoke. */
  policyId: z.string().optional(),
  /** The budget that had nothing left. */
  budgetId: z.string().optional(),
  /** What was met, in words that can be read out. */
  detail: z.string().optional(),
  /** When it may be asked again, epoch milliseconds. */
  untilMs: z.number().optional(),
});
export type Exclusion = z.infer<typeof Exclusion>;

/** What arbitration weighs: `score = P · C · V · L − cost − Σ λ·a`, money in minor units. */
export const Weighing = z.object({
  /** Posterior of the latent score; P is the normal distribution function of a draw from it. */
  posterior: z.object({ mean: z.number(), variance: z.number() }),
  /** P by the posterior's mean: the calibrated probability. */
  propensity: z.number(),
  context: z.number(),
  valueMinor: z.number(),
  currency: z.string(),
  lever: z.number(),
  costMinor: z.number(),
  uses: z.array(z.object({ budgetId: z.string(), amount: z.number(), price: z.number() })),
  /** What the model saw, as text, where it differs from what the placement says of all. */
  features: z.string().optional(),
});
export type Weighing = z.infer<typeof Weighing>;

/** What became of a treatment in arbitration. */
export const Outcome = z.object({
  /** P as it entered the score: a draw, the mean, or 1 where propensity does not count. */
  drawn: z.number(),
  score: z.number(),
  /** Place among the treatments shown at the placement, from 1; of those shown only. */
  rank: z.int().optional(),
  /**
   * Probability that the way of deciding shows it here, given what the call's earlier placements show. It is worked out where an
   * explanation was asked for, and for the lake: see `withProbabilities`.
   */
  probability: z.number().optional(),
});
export type Outcome = z.infer<typeof Outcome>;

/** A treatment that fits a placement, with everything that a decision took into account. */
export const Candidate = z.object({
  treatmentId: z.string(),
  offerId: z.string(),
  group: z.string(),
  /** The offer's name. */
  name: z.string(),
  channel: Channel,
  kind: OfferKind,
  /** The consent category that it needs. */
  purpose: z.string(),
  /** What counts as a yes, and for how many days after the decision. */
  goal: Goal,
  goalDays: z.int(),
  /** What kept it out of arbitration. */
  excluded: Exclusion.optional(),
  weighing: Weighing.optional(),
  outcome: Outcome.optional(),
  /** What kept it from being shown although it took part in arbitration. */
  withheld: Exclusion.optional(),
  /** What the touchpoint presents; of treatments shown only. */
  content: z.record(z.string(), z.unknown()).optional(),
});
export type Candidate = z.infer<typeof Candidate>;

/** Whether the treatment is part of the answer. */
export function isShown({ outcome }: Candidate): boolean {
  return outcome?.rank !== undefined;
}
