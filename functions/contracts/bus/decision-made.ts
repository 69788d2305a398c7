import * as z from 'zod';

/**
 * A decision as the bus tells it: what it shows, and its account for the lake packed. One that is too large for an entry is told
 * placement by placement, under one id.
 */
export const MadeDecision = z.object({
  decisionId: z.string(),
  decidedAt: z.iso.datetime(),
  customerId: z.string(),
  personaId: z.string(),
  touchpoint: z.string(),
  treatments: z.array(
    z.object({ placementId: z.string(), treatmentId: z.string(), offerId: z.string(), channel: z.string() }),
  ),
  /**
   * Every candidate with all that was found of it, probabilities too: facts, nothing is left to be worked out. Deflated, in base64,
   * for the bus and the delivery to the lake bill by bytes.
   */
  record: z.base64(),
});
export type MadeDecision = z.infer<typeof MadeDecision>;
