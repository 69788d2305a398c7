import { rowToInteraction } from '#domain/lake/row-to-interaction.ts';
import { encodeState, fold, type PersonaState, personaMemory, rebuildable } from '#domain/profile/profile.ts';
import { type Finding, findingsOf } from './audited-run.ts';
import type { LakeContents } from './lake-contents.ts';

/** Folding the lake's interactions from nothing gives, byte for byte, what the live table holds. */
export function auditRebuild({ interactions }: LakeContents, live: ReadonlyMap<string, PersonaState>): Finding[] {
  const different = [...Map.groupBy(interactions, ({ persona_id }) => persona_id)].flatMap(([personaId, rows]) => {
    const state = live.get(personaId);
    if (state === undefined) return [`${personaId} has no profile`];
    const [stored, rebuilt] = [textOf(state), textOf(fold(personaMemory(), rows.map(rowToInteraction)).state)];
    return stored === rebuilt ? [] : [`${personaId} is ${difference(stored, rebuilt)}`];
  });
  return findingsOf('rebuild', 'the lake folds to another profile', different);
}

function textOf(state: PersonaState): string {
  return encodeState(rebuildable(state));
}

function difference(stored: string, rebuilt: string): string {
  const at = [...stored].findIndex((character, index) => character !== rebuilt[index]);
  const part = (text: string) => text.slice(Math.max(0, at - 40), at + 40);
  return `…${part(stored)}… in the table, …${part(rebuilt)}… from the lake`;
}
