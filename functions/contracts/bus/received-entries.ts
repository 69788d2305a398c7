import type { Interaction } from '#domain/interaction/interaction.ts';
import type { BusEntry, Stamp } from './bus-event.ts';
import { jsonBytes } from './pack-details.ts';
import { packedEntries } from './packed-entries.ts';

/** An interaction and the persona that it belongs to. */
export interface OwnInteraction {
  readonly personaId: string;
  readonly interaction: Interaction;
}

/** Bus entries of interactions, grouped by persona: one for all of them, or as many as 64 KB each demand. */
export function receivedEntries(interactions: readonly OwnInteraction[], stamp: Stamp): BusEntry[] {
  const grouped = [...Map.groupBy(interactions, ({ personaId }) => personaId).values()].flatMap((own) =>
    own.map((each, index) => ({ ...each, opensGroup: index === 0 })),
  );
  const groupBytes = Math.max(0, ...grouped.map(({ personaId }) => jsonBytes({ personaId, interactions: [] }) + 1));
  return packedEntries(
    'InteractionsReceived',
    stamp,
    grouped,
    (run) => ({
      personas: [...Map.groupBy(run, ({ personaId }) => personaId)].map(([personaId, own]) => ({
        personaId,
        interactions: own.map(({ interaction }) => interaction),
      })),
    }),
    {
      bytesOf: ({ interaction, opensGroup }) => jsonBytes(interaction) + (opensGroup ? groupBytes : 0),
      // A run may go on with a persona that another began: it opens a group that no element accounts for.
      moreBytes: groupBytes,
    },
  );
}
