import * as z from 'zod';
import { segmentsSort } from '#adapters/customers-table/membership-items.ts';
import { type BusEntry, busEntry } from '#contracts/bus/bus-event.ts';
import { membershipChanges } from '#domain/segment/membership-changes.ts';

const number = z.object({ N: z.string() });

/** A customer's segments in the stream of customers. */
export const SegmentsImage = z.object({
  pk: z.object({ S: z.string().startsWith('customer#') }),
  sk: z.object({ S: z.literal(segmentsSort) }),
  version: number,
  members: z.object({ L: z.array(z.object({ S: z.string() })) }),
  at: number,
});
export type SegmentsImage = z.output<typeof SegmentsImage>;

/** Entries and exits that lie between two images, an event each, so that rules of the bus can match their segment. */
export function segmentEntries(before: SegmentsImage | undefined, after: SegmentsImage): BusEntry[] {
  const customerId = after.pk.S.slice('customer#'.length);
  const changes = membershipChanges(customerId, Number(after.version.N), membersIn(before), membersIn(after));
  const occurredAt = new Date(Number(after.at.N)).toISOString();
  return changes.map(({ kind, id, segmentId, version }) =>
    busEntry(kind === 'entered' ? 'SegmentEntered' : 'SegmentExited', {
      id,
      occurredAt,
      schemaVersion: 1,
      customerId,
      segmentId,
      version,
    }),
  );
}

function membersIn(image: SegmentsImage | undefined): ReadonlySet<string> {
  return new Set(image?.members.L.map(({ S }) => S));
}
