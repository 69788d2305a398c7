import * as z from 'zod';

/** A treatment that a customer has seen and not answered yet, with what models learn of it should it stay so. */
export const WaitingPresentation = z.object({
  decisionId: z.string(),
  decidedAt: z.iso.datetime(),
  treatmentId: z.string(),
  offerId: z.string(),
  channel: z.string(),
  /** As a disposition carries them (`encodeFeatures`). */
  features: z.string(),
  /** From when on it counts as ignored. */
  dueAt: z.iso.datetime(),
});
export type WaitingPresentation = z.infer<typeof WaitingPresentation>;
