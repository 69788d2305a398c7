import type { PersonaState } from '#domain/profile/persona-state.ts';
import type { NamesInUse } from '#domain/text/keeping.ts';
import { differenceOf } from '#scripts/rebuild/differences.ts';
import { type Finding, findingsOf } from './audited-run.ts';
import type { LakeContents } from './lake-contents.ts';

/** Folding the lake's interactions from nothing gives, byte for byte, what the live table holds. */
export function auditRebuild(
  { deliveries }: LakeContents,
  live: ReadonlyMap<string, PersonaState>,
  isInUse: NamesInUse,
): Finding[] {
  const different = [...Map.groupBy(deliveries, ({ persona_id }) => persona_id)].flatMap(
    ([personaId, rows]) => differenceOf(personaId, live.get(personaId), rows, isInUse) ?? [],
  );
  return findingsOf(
    'rebuild',
    'the lake folds to another profile',
    different.map(({ personaId, detail }) => `${personaId} ${detail}`),
  );
}
