import type { Interaction } from '#domain/interaction/interaction.ts';
import type { BatchWork } from '#ports/batch-work.ts';
import { chunksOf } from '#runtime/chunks-of.ts';
import { type UpdateDeps, updatePersona } from './update-persona.ts';

/** What an event brings for one persona. */
interface Run {
  readonly personaId: string;
  readonly interactions: readonly Interaction[];
}

/** Personas that are updated side by side, step by step, so that their reads share requests; an SDK has 50 connections. */
const width = 50;

/** Folds the interactions of a batch into the live profiles: grouped by persona, one atomic write each. */
export function updateProfiles(deps: UpdateDeps): BatchWork<'InteractionsReceived', Run> {
  return {
    types: ['InteractionsReceived'],
    undone: 'Profiles of a message were not updated',
    partsOf: ({ detail }) => detail.personas,
    async perform(runs, attempt) {
      const personas = [...Map.groupBy(runs, ({ personaId }) => personaId)];
      const update = ([personaId, own]: readonly [string, readonly Run[]]) =>
        attempt(own, () =>
          updatePersona(
            personaId,
            own.flatMap(({ interactions }) => interactions),
            deps,
          ),
        );
      for (const some of chunksOf(personas, width)) await Promise.all(some.map(update));
    },
  };
}
