import * as z from 'zod';
import { byCodeUnit, joinAll } from '#domain/text/bounded-map.ts';
import { profileSignal } from './profile-signal.ts';
import { sayTraits } from './say-words.ts';
import {
  largestTraitBytes,
  laterOf,
  mostPersonalTraits,
  mostTraits,
  type TraitRegister,
  visibleTraits,
} from './traits.ts';
import { registersOf, traitsTexts, WordsFields } from './words-codec.ts';

interface Traits {
  /** The traits that trusted touchpoints told, without the personal ones. */
  readonly traits: ReadonlyMap<string, TraitRegister>;
  /** Reserved personal traits: they never leave the live profile. */
  readonly personalTraits: ReadonlyMap<string, TraitRegister>;
}

interface TraitsDraft {
  readonly traits: Map<string, TraitRegister>;
  readonly personalTraits: Map<string, TraitRegister>;
}

const room = { traits: mostTraits, personalTraits: mostPersonalTraits, bytes: largestTraitBytes } as const;

interface TraitsInRules {
  /** Traits that the lake has too, as JSON values, none of them null. */
  readonly traits: ReadonlyMap<string, unknown>;
  readonly personal: ReadonlyMap<string, unknown>;
}

export const traitsSignal = profileSignal({
  blank: (): TraitsDraft => ({ traits: new Map(), personalTraits: new Map() }),
  copy: ({ traits, personalTraits }: Traits) => ({
    traits: new Map(traits),
    personalTraits: new Map(personalTraits),
  }),
  hear: (draft: TraitsDraft, told) => {
    if (told.claimSource === undefined) sayTraits(draft, told, room);
  },
  join: ({ traits, personalTraits }, other) => {
    joinAll(traits, other.traits, laterOf);
    joinAll(personalTraits, other.personalTraits, laterOf);
  },
  fields: { personal: WordsFields.shape.personal, traits: WordsFields.shape.traits },
  decode: ({ personal, traits }) => ({ personalTraits: registersOf(personal), traits: registersOf(traits) }),
  texts: (state: Traits) => traitsTexts(state, true),
  answer: { traits: z.record(z.string(), z.unknown()) },
  shown: ({ traits, personalTraits }) => {
    const all = [...visibleTraits(traits), ...visibleTraits(personalTraits)];
    // fromEntries makes own properties, whatever their names.
    return { traits: Object.fromEntries(all.sort(([a], [b]) => byCodeUnit(a, b))) };
  },
  inRules: ({ traits, personalTraits }): TraitsInRules => ({
    traits: new Map(visibleTraits(traits)),
    personal: new Map(visibleTraits(personalTraits)),
  }),
});
