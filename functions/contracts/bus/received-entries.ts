import type { Interaction } from '#domain/interaction/interaction.ts';
import { type BusEntry, busEntry } from './bus-event.ts';
import { jsonBytes, packDetails } from './pack-details.ts';

/** What the entries of one publication have in common but for their ids. */
export interface Stamp {
  readonly newId: () => string;
  /** ISO 8601. */
  readonly occurredAt: string;
}

/** An interaction and the persona that it belongs to. */
export interface OwnInteraction {
  readonly personaId: string;
  readonly interaction: Interaction;
}

/** Bus entries of interactions, grouped by persona: one for all of them, or as many as 64 KB each demand. */
export function receivedEntries(interactions: readonly OwnInteraction[], stamp: Stamp): BusEntry[] {
  const envelope = () => ({ id: stamp.newId(), occurredAt: stamp.occurredAt, schemaVersion: 1 as const });
  const grouped = [...Map.groupBy(interactions, ({ personaId }) => personaId).values()].flatMap((own) =>
    own.map((each, index) => ({ ...each, opensGroup: index === 0 })),
  );
  const groupBytes = Math.max(0, ...grouped.map(({ personaId }) => jsonBytes({ personaId, interactions: [] }) + 1));
  // A run may go on with a persona that another began: it opens a group that no element accounts for.
  const overhead = jsonBytes({ ...envelope(), personas: [] }) + groupBytes;
  return packDetails(
    grouped,
    overhead,
    ({ interaction, opensGroup }) => jsonBytes(interaction) + (opensGroup ? groupBytes : 0),
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
