import type { BusDetail } from '#contracts/bus/bus-event.ts';
import type { IdentityChange } from '#domain/identity/identity-change.ts';

/** What a stored change tells: of a persona's profile, of identities, or of who is in which segments. */
export type CustomerChange =
  | { readonly kind: 'profile'; readonly change: BusDetail<'ProfileChanged'>['changes'][number] }
  | { readonly kind: 'identity'; readonly change: IdentityChange }
  | { readonly kind: 'segments'; readonly change: SegmentsChange };

/** A customer's segments before and after one version of them. */
export interface SegmentsChange {
  readonly customerId: string;
  readonly version: number;
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
  /** When the customer was looked at. */
  readonly atMs: number;
}
