import * as z from 'zod';
import { Goal, longestGoalDays } from '#domain/vocabulary/goal.ts';
import { OfferKind } from '#domain/vocabulary/offer-kind.ts';
import { Exclusion } from './candidate.ts';
import { degradations, PlacementDecision } from './decision.ts';

/** Kinds of offers and goals: records have their places in these lists, so that what is added must come last. */
export const kinds = OfferKind.options;
export const goals = Goal.options;
/** What a record does not spell out. */
export const usualGoal = { goal: 'acceptance', goalDays: longestGoalDays } as const;
export const usualPurpose = 'marketing';

const none = z.literal(0);
const flag = z.literal([0, 1]);
const maybe = <Schema extends z.ZodType>(schema: Schema) => z.union([none, schema]).optional();

/** Mean and variance of the posterior, value, cost, lever, context, place of the currency, features, uses: budget's place, amount. */
export const WeighingRow = z.tuple([
  z.number(),
  z.number().optional(),
  z.number().optional(),
  z.number().optional(),
  maybe(z.tuple([z.number()])),
  maybe(z.tuple([z.number()])),
  z.int().optional(),
  maybe(z.string()),
  maybe(z.array(z.tuple([z.int(), z.number()]))),
]);

/** P as it was drawn, score, probability (null where it was not worked out), rank. */
export const OutcomeRow = z.tuple([
  z.number(),
  z.number().optional(),
  z.number().nullable().optional(),
  z.int().optional(),
]);

/** Treatment, offer where it has another id, group, weighing, excluded, withheld, kind, outcome, content, name, goal and its days, purpose. */
export const CandidateRow = z.tuple([
  z.string(),
  z.union([none, z.string()]),
  z.string(),
  maybe(WeighingRow),
  maybe(Exclusion),
  maybe(Exclusion),
  z.int().optional(),
  maybe(OutcomeRow),
  maybe(z.record(z.string(), z.unknown())),
  maybe(z.string()),
  maybe(z.tuple([z.int(), z.int()])),
  maybe(z.string()),
]);

/** A placement as a record spells it, but for the rows of its candidates. */
export const PlacementFields = PlacementDecision.omit({ candidates: true }).extend({ heldOut: flag });

/** A decision as its record spells it: zeros stand for what is usual, and those at the end of a row are left out. */
export const DecisionFields = z.object({
  schema: z.literal(1),
  /** Records of before it was said are of the first engine. */
  engine: z.int().default(1),
  /** Set where all that arbitration found stands in the record: see `encodeDecision`. */
  full: flag.optional(),
  /** Decision, customer, and persona where it has another id. */
  ids: z.tuple([z.string(), z.string(), z.union([none, z.string()])]),
  /** Epoch milliseconds, touchpoint, whether anything was known of the customer. */
  at: z.tuple([z.number(), z.string(), flag]),
  /** Id of the credential that asked, and a fingerprint of the question. */
  asked: z.tuple([z.string(), z.string()]).optional(),
  /** Revision and version. */
  catalogue: z.tuple([z.int(), z.string()]),
  /** Whether it was explained, whether it was a preview, what it was degraded by. */
  told: z.tuple([flag, flag], z.enum(degradations)),
  currencies: z.array(z.string()),
  /** Ids with the shadow prices of a unit. */
  budgets: z.array(z.tuple([z.string(), z.number()])),
  placements: z.array(PlacementFields.extend({ rows: z.array(CandidateRow) })),
});
