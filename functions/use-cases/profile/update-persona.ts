import type { Interaction } from '#domain/interaction/interaction.ts';
import { applyInteractions } from '#domain/profile/fold.ts';
import { runsOf, touches } from '#domain/profile/touches.ts';
import { keepingOf, type NamesInUse } from '#domain/text/keeping.ts';
import type { Personas } from '#ports/personas.ts';
import { PersonaContendedError } from '#runtime/errors.ts';
import { untilSettled } from '#runtime/retry.ts';
import { type IdentityDeps, identityNotifier } from './identity-notifier.ts';

/** TransactWriteItems takes a hundred items: the persona's, those of the touched records, and up to 24 that move out of it. */
const largestTransactionRecords = 75;
const attempts = 8;

export interface UpdateDeps extends IdentityDeps {
  readonly personas: Personas;
  /** Names that the catalogue asks profiles for; some seconds old at most. */
  readonly namesInUse: () => Promise<NamesInUse>;
  /** Waits before attempt `n` + 1 after a conflict. */
  readonly pause: (attempt: number) => Promise<void>;
}

/**
 * Folds interactions into a persona: read, apply, tell which identifiers came together, write if nobody wrote meanwhile,
 * else again. A run that changes nothing, as repeats do that arrive no earlier than the first delivery, writes nothing. Throws
 * {@link PersonaContendedError} and {@link IdentitiesContendedError}; a crash anywhere is made good when the messages come again.
 */
export async function updatePersona(
  personaId: string,
  interactions: readonly Interaction[],
  deps: UpdateDeps,
): Promise<void> {
  // Of a message that comes twice with other words the first to arrive counts, as in the lake.
  const asTheyArrived = interactions.toSorted((a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt));
  for (const run of runsOf(asTheyArrived, largestTransactionRecords)) await updateOnce(personaId, run, deps);
}

async function updateOnce(personaId: string, interactions: readonly Interaction[], deps: UpdateDeps): Promise<void> {
  const notifier = identityNotifier(personaId, interactions, deps);
  const keeping = keepingOf(personaId, await deps.namesInUse());
  const saved = await untilSettled(attempts, deps.pause, async (attempt) => {
    const loaded = await deps.personas.load(personaId, touches(interactions), attempt === 1 ? 'eventual' : 'latest');
    const change = applyInteractions(loaded, interactions, keeping);
    if (!change.isChanged) return loaded.state;
    await notifier.beforeSave(loaded.state, change.state);
    return (await deps.personas.save(loaded, change, deps.now())) === 'saved' ? change.state : 'conflict';
  });
  if (saved === 'conflict')
    throw new PersonaContendedError(`Persona ${personaId} changed under ${attempts} attempts to write it`);
  await notifier.afterSave(saved);
}
