import * as z from 'zod';

/** How contact policies and consent treat an offer: what law or service demands is not held back by either. */
export const OfferKind = z.enum(['standard', 'transactional', 'mandatory']);
export type OfferKind = z.infer<typeof OfferKind>;
