import { provenLinks } from '#domain/identity/proven-links.ts';
import { isOwnKey } from '#domain/interaction/standing.ts';
import { join, joinAll, sortedEntries } from '#domain/text/bounded-map.ts';
import { notAsked, notShown, profileSignal } from './profile-signal.ts';
import { storedCounts } from './stored-forms.ts';

/** Most arrivals that a state remembers: anybody can claim to be somebody, and an item's size is its price. */
export const mostArrivals = 8;

/** Linked identifiers that others may know or that are only claimed, and when first they arrived, in epoch milliseconds. */
interface Arrivals {
  readonly arrivals: ReadonlyMap<string, number>;
}

interface ArrivalsDraft {
  readonly arrivals: Map<string, number>;
}

export const arrivalsSignal = profileSignal({
  blank: (): ArrivalsDraft => ({ arrivals: new Map() }),
  copy: ({ arrivals }: Arrivals) => ({ arrivals: new Map(arrivals) }),
  // The first arrival of a message is the earliest, whichever of them was applied first.
  hear: ({ arrivals }: ArrivalsDraft, { interaction, digest, keeping }) => {
    const [primary, ...others] = interaction.identifiers ?? [];
    if (primary === undefined) return;
    const proven = new Set(provenLinks(interaction));
    for (const other of others) {
      if (proven.has(other) && isOwnKey(other.key)) continue;
      join(arrivals, other.key, digest.receivedAt, Math.min, keeping.room('links', mostArrivals));
    }
  },
  join: ({ arrivals }, other) => joinAll(arrivals, other.arrivals, Math.min),
  fields: { arrivals: storedCounts.default([]) },
  decode: ({ arrivals }) => ({ arrivals: new Map(arrivals) }),
  whenTold: ({ arrivals }: Arrivals) => (arrivals.size === 0 ? {} : { arrivals: sortedEntries(arrivals) }),
  ...notShown,
  ...notAsked,
});
