import { withoutPersonalTraits } from '#domain/privacy/personal-data.ts';
import type { Words } from './claims.ts';
import type { PersonaState } from './persona-state.ts';
import { type TraitRegister, writeTrait } from './traits.ts';

/**
 * The part of a state that the lake can rebuild: without the personal traits and the groups' ids, of which the lake has
 * only keyed hashes, and with the addresses in other traits taken out as they are on the way into the lake.
 */
export function rebuildable(state: PersonaState): PersonaState {
  const claims = new Map([...state.claims].map(([source, claim]) => [source, { ...claim, ...wordsInLake(claim) }]));
  return { ...state, ...wordsInLake(state), claims, groups: new Map() };
}

function wordsInLake({ traits }: Words): Pick<Words, 'traits' | 'personalTraits'> {
  const inLake = new Map<string, TraitRegister>();
  for (const [key, register] of traits) {
    const kept = withoutPersonalTraits({ [key]: JSON.parse(register.json) });
    for (const [name, value] of Object.entries(kept)) writeTrait(inLake, name, value, register);
  }
  return { traits: inLake, personalTraits: new Map() };
}

/**
 * A live state put right by what the lake folds to. What the lake does not hold stays: personal traits, groups, and the full
 * text of traits that are equal once addresses are taken out.
 */
export function repaired(live: PersonaState, rebuilt: PersonaState): PersonaState {
  const claims = new Map(
    [...rebuilt.claims].map(([source, claim]) => {
      const own = live.claims.get(source);
      return [source, own === undefined ? claim : { ...claim, ...repairedWords(own, claim) }];
    }),
  );
  return { ...rebuilt, ...repairedWords(live, rebuilt), claims, groups: live.groups };
}

function repairedWords(live: Words, rebuilt: Words): Pick<Words, 'traits' | 'personalTraits'> {
  const comparable = wordsInLake(live).traits;
  const traits = new Map(
    [...rebuilt.traits].map(([key, register]) => {
      const own = live.traits.get(key);
      const isEqual = own !== undefined && comparable.get(key)?.json === register.json;
      return [key, isEqual ? own : register];
    }),
  );
  return { traits, personalTraits: live.personalTraits };
}
