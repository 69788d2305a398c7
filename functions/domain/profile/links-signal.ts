import * as z from 'zod';
import { provenLinks } from '#domain/identity/proven-links.ts';
import { sightPeriod } from '#domain/identity/sight-period.ts';
import { join, joinAll, sortedEntries } from '#domain/text/bounded-map.ts';
import { notAsked, notShown, profileSignal } from './profile-signal.ts';
import { storedCounts } from './stored-forms.ts';

/** Most links that a state remembers; the graph of identities has them all. */
export const mostLinks = 128;

interface Links {
  /** Identifiers (`type:hash`) that came together with the primary one, and when first, in epoch milliseconds. */
  readonly links: ReadonlyMap<string, number>;
  /** The last period in which each of them did: see `sightPeriod`. */
  readonly sights: ReadonlyMap<string, number>;
}

interface LinksDraft {
  readonly links: Map<string, number>;
  readonly sights: Map<string, number>;
}

const storedSights = z.array(z.tuple([z.int(), z.int()]));

export const linksSignal = profileSignal({
  blank: (): LinksDraft => ({ links: new Map(), sights: new Map() }),
  copy: ({ links, sights }: Links) => ({ links: new Map(links), sights: new Map(sights) }),
  count: ({ links, sights }: LinksDraft, { interaction, digest: { at }, keeping }) => {
    for (const { key } of provenLinks(interaction)) {
      join(links, key, at, Math.min, keeping.room('links', mostLinks));
      join(sights, key, sightPeriod(at), Math.max, keeping.room('links', mostLinks));
    }
  },
  join: ({ links, sights }, other) => {
    joinAll(links, other.links, Math.min);
    joinAll(sights, other.sights, Math.max);
  },
  fields: { links: storedCounts.default([]), sights: storedSights.default([]) },
  decode: ({ links, sights }) => {
    const later = new Map(sights);
    return {
      links: new Map(links),
      sights: new Map(links.map(([key, first], number) => [key, sightPeriod(first) + (later.get(number) ?? 0)])),
    };
  },
  whenTold: ({ links, sights }: Links) => {
    const later = laterSights({ links, sights });
    return {
      ...(links.size === 0 ? {} : { links: sortedEntries(links) }),
      ...(later.length === 0 ? {} : { sights: later }),
    };
  },
  ...notShown,
  ...notAsked,
});

/** Of the links that were seen in a later period than their first: their numbers, and how many periods later. */
function laterSights({ links, sights }: Links): z.infer<typeof storedSights> {
  return sortedEntries(links).flatMap(([key, first], number): [number, number][] => {
    const later = (sights.get(key) ?? 0) - sightPeriod(first);
    return later > 0 ? [[number, later]] : [];
  });
}
