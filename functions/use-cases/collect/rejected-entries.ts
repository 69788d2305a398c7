import { type BusEntry, busEntry } from '#contracts/bus/bus-event.ts';
import { jsonBytes, packDetails } from '#contracts/bus/pack-details.ts';
import type { Stamp } from '#contracts/bus/received-entries.ts';
import type { Rejection } from '#contracts/wire/rejection.ts';
import type { KnownCaller } from '#domain/credential/access.ts';

/** Bus entries of a request's rejections. */
export function rejectedEntries(
  rejections: readonly Rejection[],
  caller: Pick<KnownCaller, 'touchpoint' | 'trust'>,
  stamp: Stamp,
): BusEntry[] {
  const envelope = () => ({ id: stamp.newId(), occurredAt: stamp.occurredAt, schemaVersion: 1 as const, ...caller });
  return packDetails(rejections, jsonBytes({ ...envelope(), rejections: [] })).map((run) =>
    busEntry('InteractionsRejected', { ...envelope(), rejections: run }),
  );
}
