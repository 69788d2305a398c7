import * as z from 'zod';
import { type Cluster, membersOf } from './cluster.ts';
import { heldClaims } from './held-claims.ts';
import { partsOfKey, personaOfKey } from './identifier-key.ts';
import { IdentityEvent } from './identity-change.ts';

const instant = z.iso.datetime({ precision: 3 });
const optionalInstant = instant.nullable();

/** An identifier of a customer. */
const IdentifierView = z.object({
  type: z.string(),
  hash: z.string().describe('Keyed hash of the value'),
  value: z.string().optional().describe('Only for types that are not personal'),
  personaId: z.string(),
  firstSeenAt: optionalInstant,
  isShared: z.boolean().describe('Whether so many people have it that it names nobody'),
});

/** Which identifiers a customer has, and how they came together. */
export const IdentitiesView = z.object({
  customerId: z.string(),
  identifiers: z.array(IdentifierView),
  personas: z.array(z.object({ personaId: z.string(), firstSeenAt: optionalInstant })),
  links: z
    .array(
      z.object({
        identifier: z.string(),
        otherIdentifier: z.string(),
        occurredAt: instant,
        recordedAt: instant,
        isAlias: z.literal(true).optional().describe('Present when an alias says so'),
      }),
    )
    .describe('Identifiers that are proven to be one customer’s, as type:hash, the earliest first'),
  claims: z
    .array(z.object({ identifier: z.string(), otherIdentifier: z.string(), since: instant }))
    .describe('Claims of a public key that joined because nobody had the identifier before; they give way to proof'),
  waiting: z
    .array(z.object({ identifier: z.string(), otherIdentifier: z.string(), since: instant }))
    .describe('Claims of a public key that wait for proof: who says to have an identifier, the earliest of each first'),
  history: z
    .array(z.intersection(z.object({ at: instant }), IdentityEvent))
    .describe('Merges, refused merges, unmerges and who asked, the latest first'),
});
export type IdentitiesView = z.infer<typeof IdentitiesView>;

/** What the API answers of a customer of a cluster: what is about its members, and not about others that the cluster holds. */
export function identitiesView(cluster: Cluster, customerId: string): IdentitiesView {
  const keys = membersOf(cluster, customerId);
  const own = new Set(keys);
  const links = cluster.links.filter(({ a, b }) => own.has(a) || own.has(b));
  return {
    customerId,
    identifiers: keys.map((key) => {
      const { firstMs, value } = cluster.members.get(key) ?? {};
      const times = links.flatMap(({ a, b, atMs }) => (a === key || b === key ? [atMs] : []));
      const seen = [...times, ...(firstMs === undefined ? [] : [firstMs])];
      return {
        ...partsOfKey(key),
        ...(value === undefined ? {} : { value }),
        personaId: personaOfKey(key),
        firstSeenAt: seen.length === 0 ? null : iso(Math.min(...seen)),
        isShared: cluster.shared.has(key),
      };
    }),
    personas: keys.flatMap((key) => {
      const { firstMs } = cluster.members.get(key) ?? {};
      return firstMs === undefined ? [] : [{ personaId: personaOfKey(key), firstSeenAt: iso(firstMs) }];
    }),
    links: links
      .toSorted((x, y) => x.atMs - y.atMs)
      .map(({ a, b, atMs, recordedMs, isAlias }) => ({
        identifier: a,
        otherIdentifier: b,
        occurredAt: iso(atMs),
        recordedAt: iso(recordedMs),
        ...(isAlias ? { isAlias } : {}),
      })),
    claims: heldClaims(cluster)
      .filter(({ by, key }) => own.has(by) && own.has(key))
      .map(({ by, key, atMs }) => ({ identifier: key, otherIdentifier: by, since: iso(atMs) })),
    waiting: keys.flatMap((key) =>
      (cluster.members.get(key)?.words ?? []).flatMap(({ by, atMs }) =>
        by === undefined || by === key || own.has(by)
          ? []
          : [{ identifier: key, otherIdentifier: by, since: iso(atMs) }],
      ),
    ),
    history: cluster.history
      .toReversed()
      .flatMap(({ atMs, event }) => (isAbout(event, own) ? [{ at: iso(atMs), ...event }] : [])),
  };
}

/** Whether an event names one of the identifiers, or a customer that has the id of one's persona. */
function isAbout(event: IdentityEvent, keys: ReadonlySet<string>): boolean {
  const personaIds = new Set([...keys].map(personaOfKey));
  switch (event.kind) {
    case 'link':
    case 'refusal':
      return keys.has(event.identifier) || keys.has(event.otherIdentifier);
    case 'customer':
    case 'share':
    case 'unshare':
      return keys.has(event.identifier);
    case 'merge':
      return [event.customerId, ...event.mergedCustomerIds].some((id) => personaIds.has(id));
    case 'unmerge':
      return [event.previousCustomerId, ...event.customerIds].some((id) => personaIds.has(id));
    case 'cut':
      return personaIds.has(event.fromPersonaId) || personaIds.has(event.personaId);
  }
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
