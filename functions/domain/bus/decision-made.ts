import * as z from 'zod';

/** A decision as the bus tells it: what it shows, and its whole record packed. */
export const MadeDecision = z.object({
  decisionId: z.string(),
  decidedAt: z.iso.datetime(),
  customerId: z.string(),
  personaId: z.string(),
  touchpoint: z.string(),
  treatments: z.array(
    z.object({ placementId: z.string(), treatmentId: z.string(), offerId: z.string(), channel: z.string() }),
  ),
  /** Every candidate with its numbers, deflated, in base64: the bus and the delivery to the lake bill by bytes. */
  record: z.base64(),
});
export type MadeDecision = z.infer<typeof MadeDecision>;
