import type { Disposition } from '#domain/vocabulary/disposition.ts';

/**
 * What a public key may tell of a decision whose id it was given: what browsers see, and every no. Acceptances and conversions are
 * worth money and teach models, a bounce shuts an address: those are for the firm's own systems to tell.
 */
const ofPublicKeys: ReadonlySet<Disposition> = new Set([
  'presented',
  'clicked',
  'rejected',
  'ignored',
  'complained',
  'unsubscribed',
]);

/** Whether a public key may tell this disposition. */
export function isPublicDisposition(disposition: Disposition): boolean {
  return ofPublicKeys.has(disposition);
}
