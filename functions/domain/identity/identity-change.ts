import * as z from 'zod';

const identifier = z.string().describe('type:hash');
const instant = z.iso.datetime({ precision: 3 });

/** Why a link joins nobody. */
const refusalReasons = ['most_of_type', 'most_identifiers', 'most_personas', 'unmerged', 'cluster_full'] as const;
/** Why one customer became several: a person asked, an identifier turned out to be shared, or a limit fell otherwise. */
const unmergeReasons = ['asked', 'shared', 'limits'] as const;

/** Two identifiers came in one interaction, or did so earlier than was known. */
const Linked = z.object({
  kind: z.literal('link'),
  identifier,
  otherIdentifier: identifier,
  /** When the first such interaction happened. */
  occurredAt: instant,
});

/** An identifier is part of a customer: a new one, or another one than before. */
const CustomerSet = z.object({
  kind: z.literal('customer'),
  identifier,
  customerId: z.string(),
  previousCustomerId: z.string().nullable(),
});

/** Customers became one, or one goes on under the id of a persona that is older than was known. */
const Merged = z.object({
  kind: z.literal('merge'),
  customerId: z.string(),
  mergedCustomerIds: z.array(z.string()).min(1),
});

/** A link joins nobody: somebody should look at it. */
const Refused = z.object({
  kind: z.literal('refusal'),
  identifier,
  otherIdentifier: identifier,
  occurredAt: instant,
  reason: z.enum(refusalReasons),
  /** The type of which there would be too many. */
  type: z.string().optional(),
  customerId: z.string(),
  otherCustomerId: z.string(),
});

/** An identifier has so many people that it names none of them. */
const Shared = z.object({ kind: z.literal('share'), identifier });

/** An identifier that too many people had is of those who are seen with it now. */
const SharedNoMore = z.object({ kind: z.literal('unshare'), identifier });

/** One customer became several. */
const Unmerged = z.object({
  kind: z.literal('unmerge'),
  previousCustomerId: z.string(),
  customerIds: z.array(z.string()).min(1),
  reason: z.enum(unmergeReasons),
});

/** A person's word that the identifiers of two sides are not one customer. */
const CutMade = z.object({
  kind: z.literal('cut'),
  askedBy: z.string(),
  fromPersonaId: z.string(),
  personaId: z.string(),
  left: z.array(identifier),
  right: z.array(identifier),
});

/** One thing that changed in a cluster. */
export const IdentityEvent = z.discriminatedUnion('kind', [
  Linked,
  CustomerSet,
  Merged,
  Refused,
  Shared,
  SharedNoMore,
  Unmerged,
  CutMade,
]);
export type IdentityEvent = z.infer<typeof IdentityEvent>;

const place = {
  clusterId: z.string(),
  /** Version of the cluster that it came with: of several about one identifier the greatest is the latest. */
  epoch: z.int(),
  /** Its number among the changes of that version: with cluster and epoch it tells changes apart. */
  index: z.int(),
  recordedAt: instant,
};

/** A change with its place: what the bus tells and the lake keeps. */
export const IdentityChange = z.intersection(z.object(place), IdentityEvent);
export type IdentityChange = z.infer<typeof IdentityChange>;
