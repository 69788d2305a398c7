import { withoutPersonalTraits } from '#domain/privacy/personal-data.ts';
import type { PersonaState } from './persona-state.ts';
import { type TraitRegister, writeTrait } from './traits.ts';

/**
 * The part of a state that the lake can rebuild: without the personal traits and the groups' ids, of which the lake has
 * only keyed hashes, and with the addresses in other traits taken out as they are on the way into the lake.
 */
export function rebuildable(state: PersonaState): PersonaState {
  const traits = new Map<string, TraitRegister>();
  for (const [key, register] of state.traits) {
    const inLake = withoutPersonalTraits({ [key]: JSON.parse(register.json) });
    for (const [name, value] of Object.entries(inLake)) writeTrait(traits, name, value, register);
  }
  return { ...state, traits, personalTraits: new Map(), groups: new Map() };
}

/**
 * A live state put right by what the lake folds to. What the lake does not hold stays: personal traits, groups, and the full
 * text of traits that are equal once addresses are taken out.
 */
export function repaired(live: PersonaState, rebuilt: PersonaState): PersonaState {
  const comparable = rebuildable(live).traits;
  const traits = new Map(
    [...rebuilt.traits].map(([key, register]) => {
      const own = live.traits.get(key);
      const isEqual = own !== undefined && comparable.get(key)?.json === register.json;
      return [key, isEqual ? own : register];
    }),
  );
  return { ...rebuilt, traits, personalTraits: live.personalTraits, groups: live.groups };
}
