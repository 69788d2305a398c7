import * as z from 'zod';

/** How the values of a type are brought into the one form that is hashed: see `normaliseValue`. */
const normalisations = ['trimmed', 'folded', 'digits', 'email', 'phone'] as const;
export type Normalisation = (typeof normalisations)[number];

/** The id that Lemniscate itself gives; it names customers, and no interaction carries it. */
export const customerIdType = 'customer_id';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,31}$/, 'A name has up to 32 of a-z, 0-9 and _, and begins with a letter.')
  .refine((type) => type !== customerIdType, 'customer_id is the id that Lemniscate gives itself.');

/**
 * A year: whoever comes with the seasons still counts. By then an address that was given away, or a device that was sold, has been
 * somebody's for long enough.
 */
export const defaultSharedDays = 365;

/** A value, or a pattern in which `*` stands for anything; case does not matter. */
export const BlockedValue = z.string().min(1).max(100);

/** A type of identifiers that name customers. */
export const IdentifierType = z.strictObject({
  name,
  normalise: z.enum(normalisations),
  /** An interaction belongs to its identifier of the highest priority. */
  priority: z.int().min(1).max(1000),
  /** How many of the type one customer may have; a link that would pass it is refused. `null`: any number. */
  most: z.int().min(1).max(1000).nullable(),
  /** An identifier linked to more than so many distinct ones of higher priority is shared (a kiosk, a family's mailbox) and merges nobody. `null`: never. */
  sharedAbove: z.int().min(1).max(1000).nullable(),
  /** How long it counts for that with whom the identifier was seen, in days before its last sight and in whole periods of 30 days. */
  sharedDays: z.int().min(30).max(3650),
  /** Values that name nobody, besides those that no type takes. */
  blocked: z.array(BlockedValue).max(200),
  /** Whether the value is about a person: then only its keyed hash is kept. */
  personal: z.boolean(),
});
export type IdentifierType = z.infer<typeof IdentifierType>;

/** What a stage says of a type: all of it is optional for one that is built in. */
export const IdentifierTypeSetting = IdentifierType.partial().extend({ name });
export type IdentifierTypeSetting = z.infer<typeof IdentifierTypeSetting>;

const ofNewType = {
  normalise: 'trimmed',
  priority: 800,
  most: 1,
  sharedAbove: null,
  sharedDays: defaultSharedDays,
  blocked: [],
  personal: false,
} as const satisfies Omit<IdentifierType, 'name'>;

/** A type with the settings of a stage over those that it has. What is new is an id of a system of record: one a customer. */
export function withSetting(type: IdentifierType | undefined, setting: IdentifierTypeSetting): IdentifierType {
  const known = type ?? { ...ofNewType, blocked: [], name: setting.name };
  return {
    name: setting.name,
    normalise: setting.normalise ?? known.normalise,
    priority: setting.priority ?? known.priority,
    most: setting.most === undefined ? known.most : setting.most,
    sharedAbove: setting.sharedAbove === undefined ? known.sharedAbove : setting.sharedAbove,
    sharedDays: setting.sharedDays ?? known.sharedDays,
    blocked: setting.blocked ?? known.blocked,
    personal: setting.personal ?? known.personal,
  };
}
