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

/** Bus entries of a request's interactions, grouped by persona: one for all of them, or as many as 64 KB each demand. */
export function receivedEntries(
  interactions: readonly Interaction[],
  personaOf: (interaction: Interaction) => string,
  stamp: Stamp,
): BusEntry[] {
  const envelope = () => ({ id: stamp.newId(), occurredAt: stamp.occurredAt, schemaVersion: 1 as const });
  const grouped = [...Map.groupBy(interactions, personaOf)].flatMap(([personaId, own]) =>
    own.map((interaction, index) => ({ personaId, interaction, opensGroup: index === 0 })),
  );
  const groupBytes = Math.max(0, ...grouped.map(({ personaId }) => bytesOf({ personaId, interactions: [] }) + 1));
  // A run may go on with a persona that another began: it opens a group that no element accounts for.
  const overhead = bytesOf({ ...envelope(), personas: [] }) + groupBytes;
  return packDetails(
    grouped,
    overhead,
    ({ interaction, opensGroup }) => bytesOf(interaction) + (opensGroup ? groupBytes : 0),
  ).map((run) =>
    busEntry('InteractionsReceived', {
      ...envelope(),
      personas: [...Map.groupBy(run, ({ personaId }) => personaId)].map(([personaId, own]) => ({
        personaId,
        interactions: own.map(({ interaction }) => interaction),
      })),
    }),
  );
}

/** Bus entries of a request's rejections. */
export function rejectedEntries(rejections: readonly Rejection[], touchpoint: Touchpoint, stamp: Stamp): BusEntry[] {
  const envelope = () => ({ id: stamp.newId(), occurredAt: stamp.occurredAt, schemaVersion: 1 as const, touchpoint });
  return packDetails(rejections, bytesOf({ ...envelope(), rejections: [] }), bytesOf).map((run) =>
    busEntry('InteractionsRejected', { ...envelope(), rejections: run }),
  );
}
