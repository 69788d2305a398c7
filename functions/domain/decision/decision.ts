import * as z from 'zod';
import { Arbitration } from '#domain/strategy/variant.ts';
import { Channel, Direction } from '#domain/vocabulary/channel.ts';
import { Asked } from './asked.ts';
import { orderings } from './assignment.ts';
import { Candidate } from './candidate.ts';

/** What could not be read in time; then the champion answers, without it. */
export const degradations = ['models', 'budgets'] as const;

/** One placement's part of a decision. */
export const PlacementDecision = z.object({
  placementId: z.string(),
  channel: Channel,
  direction: Direction,
  strategyId: z.string().nullable(),
  /** `champion`, a challenger's name, a measuring arm or `holdout`. */
  arm: z.string(),
  /** Name of the variant that ranked. */
  variant: z.string(),
  arbitration: Arbitration,
  order: z.enum(orderings),
  /** Whether standard treatments are held back, as a measure of what deciding is worth. */
  heldOut: z.boolean(),
  /** Treatments to show, at most. */
  limit: z.int(),
  /** What the models saw of the customer and the moment, as text: see `encodeFeatures`. */
  features: z.string(),
  /** Whose hash dealt the arm, where that is not the customer's id of now: see `unitOf`. */
  unitId: z.string().optional(),
  candidates: z.array(Candidate),
});
export type PlacementDecision = z.infer<typeof PlacementDecision>;

/** One answer to "what now for this customer here?", with every candidate: all that replay, learning and audit need. */
export const Decision = z.object({
  schema: z.literal(1),
  /** Which engine worked out its numbers: see `engine`. */
  engine: z.int(),
  decisionId: z.string(),
  /** Epoch milliseconds. */
  atMs: z.number(),
  customerId: z.string(),
  /** The persona that was asked for. */
  personaId: z.string(),
  /** Whether anything was known of the customer. */
  isKnown: z.boolean(),
  touchpoint: z.string(),
  /** Absent in records of before. */
  asked: Asked.optional(),
  catalogue: z.object({ revision: z.int(), version: z.string() }),
  explain: z.boolean(),
  preview: z.boolean(),
  degraded: z.array(z.enum(degradations)),
  placements: z.array(PlacementDecision),
});
export type Decision = z.infer<typeof Decision>;
