import { type BusEntry, busEntry } from '#domain/bus/bus-event.ts';
import { packDetails } from '#domain/bus/pack-details.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import type { Rejection } from '#domain/interaction/rejection.ts';
import type { Touchpoint } from '#domain/interaction/touchpoint.ts';

interface Stamp {
  readonly newId: () => string;
  /** ISO 8601. */
  readonly occurredAt: string;
}

const bytesOf = (element: unknown) => Buffer.byteLength(JSON.stringify(element));

/** Bus entries of a request's interactions: one per persona, or as many as 64 KB each demand. */
export function receivedEntries(
  interactions: readonly Interaction[],
  personaOf: (interaction: Interaction) => string,
  stamp: Stamp,
): BusEntry[] {
  return [...Map.groupBy(interactions, personaOf)].flatMap(([personaId, own]) => {
    const envelope = () => ({ id: stamp.newId(), occurredAt: stamp.occurredAt, schemaVersion: 1 as const, personaId });
    return packDetails(own, bytesOf({ ...envelope(), interactions: [] }), bytesOf).map((run) =>
      busEntry('InteractionsReceived', { ...envelope(), interactions: run }),
    );
  });
}

/** Bus entries of a request's rejections. */
export function rejectedEntries(rejections: readonly Rejection[], touchpoint: Touchpoint, stamp: Stamp): BusEntry[] {
  const envelope = () => ({ id: stamp.newId(), occurredAt: stamp.occurredAt, schemaVersion: 1 as const, touchpoint });
  return packDetails(rejections, bytesOf({ ...envelope(), rejections: [] }), bytesOf).map((run) =>
    busEntry('InteractionsRejected', { ...envelope(), rejections: run }),
  );
}
