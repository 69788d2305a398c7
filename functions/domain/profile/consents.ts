import { type Consent, type ConsentRegisters, consentsOf } from '#domain/consent/consent-registers.ts';
import type { ClaimsBySource } from './claims.ts';

/** What the consents of a customer hang on. */
export interface Consenting {
  readonly consents: ConsentRegisters;
  readonly claims: ClaimsBySource;
  readonly links: ReadonlyMap<string, number>;
}

/** Types of the identifiers that are the addresses of channels: a new one, and mail that came back is of the past. */
const addressTypes: Readonly<Record<string, string>> = { email: 'email', sms: 'phone', push: 'device_id' };

const addressCategory = /^address:(.+)$/;

/**
 * The consents of a customer (see `customerState`) by purpose, `purpose:channel` or `*:channel`. An address that mail came back
 * from counts as refused, as `address:channel`, until a new address is linked.
 */
export function consentsIn({ consents, claims, links }: Consenting): ReadonlyMap<string, Consent> {
  const own = [...claims.values()].map((claim) => claim.consents);
  const held = [...consentsOf(consents, own)].filter(([category, { granted, at }]) => {
    const type = addressTypes[addressCategory.exec(category)?.[1] ?? ''];
    return (
      granted || type === undefined || ![...links].some(([key, since]) => key.startsWith(`${type}:`) && since > at)
    );
  });
  return new Map(held);
}
