import { type BusEntry, busEntry } from '#contracts/bus/bus-event.ts';
import { packedEntries } from '#contracts/bus/packed-entries.ts';
import type { IdentityChange } from '#domain/identity/identity-change.ts';
import { membershipChanges } from '#domain/segment/membership-changes.ts';
import type { Bus } from '#ports/bus.ts';
import type { CustomerChange, SegmentsChange } from '#ports/customer-change.ts';

export interface PublishDeps {
  readonly bus: Bus;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Tells the bus which profiles, identities and segments changed: all of a batch in as few entries as hold them. */
export function publishCustomerChanges({ bus, now, newId }: PublishDeps) {
  return async (changes: readonly CustomerChange[]): Promise<void> => {
    const stamp = { newId, occurredAt: new Date(now()).toISOString() };
    const profiles = changes.flatMap((each) => (each.kind === 'profile' ? [each.change] : []));
    const identities = Map.groupBy(
      changes.flatMap((each) => (each.kind === 'identity' ? [each.change] : [])),
      typeOf,
    );
    const segments = changes.flatMap((each) => (each.kind === 'segments' ? [each.change] : []));
    const entries = [
      ...packedEntries('ProfileChanged', stamp, profiles, (run) => ({ changes: run })),
      ...[...identities].flatMap(([type, all]) => packedEntries(type, stamp, all, (run) => ({ changes: run }))),
      ...segments.flatMap(segmentEntries),
    ];
    if (entries.length > 0) await bus.publish(entries);
  };
}

/** Entries and exits of a customer, an event each, so that rules of the bus can match their segment. */
function segmentEntries({ customerId, version, before, after, atMs }: SegmentsChange): BusEntry[] {
  const occurredAt = new Date(atMs).toISOString();
  return membershipChanges(customerId, version, before, after).map(({ kind, id, ...change }) =>
    busEntry(kind === 'entered' ? 'SegmentEntered' : 'SegmentExited', { newId: () => id, occurredAt }, change),
  );
}

function typeOf({ kind }: IdentityChange) {
  switch (kind) {
    case 'link':
    case 'customer':
      return 'IdentityLinked';
    case 'merge':
      return 'IdentityMerged';
    case 'refusal':
      return 'IdentityMergeRefused';
    case 'share':
    case 'unshare':
    case 'unmerge':
    case 'cut':
      return 'IdentityUnmerged';
  }
}
