import { type BusEntry, busEntry } from '#domain/bus/bus-event.ts';
import { jsonBytes, packDetails } from '#domain/bus/pack-details.ts';
import type { Stamp } from '#domain/bus/received-entries.ts';
import type { Rejection } from '#domain/interaction/rejection.ts';
import type { Touchpoint } from '#domain/interaction/touchpoint.ts';

/** Bus entries of a request's rejections. */
export function rejectedEntries(rejections: readonly Rejection[], touchpoint: Touchpoint, stamp: Stamp): BusEntry[] {
  const envelope = () => ({ id: stamp.newId(), occurredAt: stamp.occurredAt, schemaVersion: 1 as const, touchpoint });
  return packDetails(rejections, jsonBytes({ ...envelope(), rejections: [] })).map((run) =>
    busEntry('InteractionsRejected', { ...envelope(), rejections: run }),
  );
}
