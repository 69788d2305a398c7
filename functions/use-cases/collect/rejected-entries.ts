import type { BusEntry, Stamp } from '#contracts/bus/bus-event.ts';
import { jsonBytes } from '#contracts/bus/pack-details.ts';
import { packedEntries } from '#contracts/bus/packed-entries.ts';
import type { Rejection } from '#contracts/wire/rejection.ts';
import type { KnownCaller } from '#domain/credential/access.ts';

/** Bus entries of a request's rejections. */
export function rejectedEntries(
  rejections: readonly Rejection[],
  caller: Pick<KnownCaller, 'touchpoint' | 'trust'>,
  stamp: Stamp,
): BusEntry[] {
  return packedEntries('InteractionsRejected', stamp, rejections, (run) => ({ ...caller, rejections: run }), {
    moreBytes: jsonBytes(caller),
  });
}
