import type { BusEventOf } from '#contracts/bus/bus-envelope.ts';
import type { IdentityChange } from '#domain/identity/identity-change.ts';
import type { BatchWork } from '#ports/batch-work.ts';
import { gather } from '#runtime/gather.ts';
import { type RefreshDeps, refreshCustomer } from './refresh-customer.ts';

/** A customer who is to be looked at, and the time that the event speaks of. */
interface Look {
  readonly id: string;
  readonly atMs: number;
}

const types = ['ProfileChanged', 'SegmentsDue', 'IdentityMerged', 'IdentityUnmerged'] as const;
type Told = BusEventOf<(typeof types)[number]>;

/** Customers that are looked at a time. */
const width = 16;

/**
 * Looks which segments customers are in after what a batch of bus events tells: changed profiles, merges, unmerges, and the
 * passing of time. Each customer once.
 */
export function refreshSegments(
  deps: RefreshDeps & { readonly now: () => number },
): BatchWork<(typeof types)[number], Look> {
  return {
    types,
    undone: 'Segments of a message’s customers were not refreshed',

    async partsOf(event) {
      // Without segments no profile can change any: a firm that has none pays nothing for its profiles.
      if (event['detail-type'] === 'ProfileChanged' && (await deps.catalogue()).segments.size === 0) return [];
      return looksOf(event);
    },

    async perform(looks, attempt) {
      const seen = new Map(Map.groupBy(looks, ({ id }) => id));
      // A persona's id leads to its customer, who may be another one: those come in the next round.
      for (let round = [...seen]; round.length > 0; ) {
        const next = new Map<string, Look[]>();
        await gather(round, width, async ([id, why]) => {
          // This machine's clock may lag behind the one that says what is due.
          const nowMs = Math.max(deps.now(), ...why.map(({ atMs }) => atMs));
          const customerId = await attempt(why, () => refreshCustomer(id, nowMs, deps));
          if (customerId !== undefined && !seen.has(customerId))
            next.set(customerId, [...(next.get(customerId) ?? []), ...why]);
        });
        for (const [id, why] of next) seen.set(id, why);
        round = [...next];
      }
    },
  };
}

function looksOf(event: Told): readonly Look[] {
  switch (event['detail-type']) {
    case 'ProfileChanged':
      return event.detail.changes.map(({ personaId }) => ({ id: personaId, atMs: 0 }));
    case 'SegmentsDue': {
      const atMs = Date.parse(event.detail.dueAt);
      return event.detail.customerIds.map((id) => ({ id, atMs }));
    }
    case 'IdentityMerged':
    case 'IdentityUnmerged':
      return event.detail.changes.flatMap(customersOfChange).map((id) => ({ id, atMs: 0 }));
  }
}

function customersOfChange(change: IdentityChange): readonly string[] {
  if (change.kind === 'merge') return [change.customerId, ...change.mergedCustomerIds];
  return change.kind === 'unmerge' ? [change.previousCustomerId, ...change.customerIds] : [];
}
