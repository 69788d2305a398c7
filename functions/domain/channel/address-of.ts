import * as z from 'zod';
import type { Carrier } from './carrier.ts';

/** Traits of the Segment spec, and those that mobile SDKs set, in which addresses stand. */
const traits: Readonly<Partial<Record<Carrier, string>>> = {
  email: 'email',
  sms: 'phone',
  'call-list': 'phone',
  push: 'device_token',
};

const forms: Readonly<Record<string, z.ZodType<string>>> = {
  email: z
    .email()
    .max(254)
    .transform((address) => address.trim()),
  // E.164, and what people write between its digits.
  phone: z
    .string()
    .transform((number) => number.replace(/[\s()./-]/g, ''))
    .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/)),
  device_token: z.string().regex(/^[A-Za-z0-9:_-]{16,4096}$/),
};

/** Where a carrier reaches a customer, of its personal traits: undefined when no such address is known, or it is none. */
export function addressOf(carrier: Carrier, personal: ReadonlyMap<string, unknown>): string | undefined {
  const trait = traits[carrier];
  return trait === undefined ? undefined : forms[trait]?.safeParse(personal.get(trait)).data;
}

/** The type of identifiers that a carrier's addresses are of; undefined where a carrier finds the customer otherwise. */
export function addressType(carrier: Carrier): string | undefined {
  return traits[carrier];
}
