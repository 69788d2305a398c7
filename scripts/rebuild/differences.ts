import { rowToInteraction } from '#contracts/lake/interactions/row-to-interaction.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { rebuildable } from '#domain/profile/rebuildable.ts';
import { encodeState } from '#domain/profile/state-codec.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import { keepingOf, type NamesInUse } from '#domain/text/keeping.ts';
import { runQuery } from '#scripts/athena/athena-query.ts';
import type { Target } from '#scripts/target/target.ts';
import { type LandedRow, landedColumns, landedRow } from './landed-row.ts';

/** A persona whose live state is not what the lake folds to. */
export interface Difference {
  readonly personaId: string;
  /** Where the two differ. */
  readonly detail: string;
  /** What the lake folds to; absent when it has nothing of this persona. */
  readonly rebuilt?: PersonaState;
}

/** Compares the personas whose id begins with a hex digit. */
export async function differencesIn(
  target: Target,
  shard: string,
  live: ReadonlyMap<string, PersonaState>,
  isInUse: NamesInUse,
): Promise<{ readonly personas: number; readonly differences: readonly Difference[] }> {
  const { rows } = await runQuery(
    target,
    `SELECT ${landedColumns} FROM interactions WHERE persona_id LIKE '${shard}%'`,
  );
  const landed = Map.groupBy(rows.map(landedRow), ({ persona_id }) => persona_id);
  const stored = [...live.keys()].filter((personaId) => personaId.startsWith(shard));
  const personaIds = new Set([...stored, ...landed.keys()]);
  return {
    personas: personaIds.size,
    differences: [...personaIds].flatMap(
      (personaId) => differenceOf(personaId, live.get(personaId), landed.get(personaId), isInUse) ?? [],
    ),
  };
}

/**
 * Compares one persona's live state with the fold of all landed deliveries of its interactions, of which each has a say in when its words
 * came, on what the lake can rebuild. A name that rules ask
 * for since lately may be in the fold alone.
 */
export function differenceOf(
  personaId: string,
  state: PersonaState | undefined,
  rows: readonly LandedRow[] | undefined,
  isInUse: NamesInUse,
): Difference | undefined {
  if (rows === undefined) return { personaId, detail: 'has a profile, and nothing in the lake' };
  // In the order of arrival, as they were folded: of more than four browsers that claim one persona the first are kept.
  const landed = rows.toSorted((a, b) => byCodeUnit(a.received_at, b.received_at)).map(rowToInteraction);
  const rebuilt = fold(personaMemory(), landed, keepingOf(personaId, isInUse)).state;
  if (state === undefined) return { personaId, detail: 'is in the lake, and has no profile', rebuilt };
  const [before, after] = [textOf(state), textOf(rebuilt)];
  if (before === after) return undefined;
  return {
    personaId,
    detail: `differs: ${excerpt(before, after)} in the table, ${excerpt(after, before)} from the lake`,
    rebuilt,
  };
}

const textOf = (state: PersonaState) => encodeState(rebuildable(state));

/** The part of a text around the first character in which it differs from another. */
function excerpt(text: string, other: string): string {
  const at = [...text].findIndex((character, index) => character !== other[index]);
  return `…${text.slice(Math.max(0, at - 30), at + 30)}…`;
}
