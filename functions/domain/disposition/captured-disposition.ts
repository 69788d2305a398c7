import * as z from 'zod';
import { Disposition } from '#domain/vocabulary/disposition.ts';
import { Goal } from '#domain/vocabulary/goal.ts';
import { DispositionDetails } from './disposition-details.ts';
import { ToldDisposition } from './told-disposition.ts';

/** A disposition of a treatment that a known decision offered, with what the decision's record says about it. */
export const CapturedDisposition = z.object({
  decisionId: z.string(),
  decidedAt: z.iso.datetime(),
  treatmentId: z.string(),
  offerId: z.string(),
  channel: z.string(),
  disposition: Disposition,
  occurredAt: z.iso.datetime(),
  goal: Goal,
  /** The features that the propensity was a function of (`encodeFeatures`); empty when nothing was known of the customer. */
  features: z.string(),
  /** Whether it came after the days in which the offer's goal can be met: models don't learn from it. */
  isLate: z.boolean(),
  /** What the lake has of it besides. */
  record: z.object({
    customerId: z.string(),
    personaId: z.string(),
    group: z.string(),
    placementId: z.string(),
    direction: z.string(),
    strategyId: z.string().nullable(),
    arm: z.string(),
    variant: z.string(),
    propensity: z.number().nullable(),
    probability: z.number().nullable(),
    receivedAt: z.iso.datetime(),
    touchpoint: z.string(),
    valueMinor: z.int().optional(),
    currency: z.string().optional(),
    details: DispositionDetails.optional(),
  }),
});
export type CapturedDisposition = z.infer<typeof CapturedDisposition>;

/** A disposition of a decision that nobody knows, or of a treatment that it did not show: kept, and without effect. */
export const UnknownDisposition = ToldDisposition.extend({ unknown: z.enum(['decision', 'treatment']) });
export type UnknownDisposition = z.infer<typeof UnknownDisposition>;
