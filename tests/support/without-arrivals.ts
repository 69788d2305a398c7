import type { Claims, Words } from '#domain/profile/claims.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';

type Arrived = Readonly<{ at: number; receivedAt: number }>;

/**
 * A state as if all that is told had arrived when it was said. Two clouds have different clocks, and by arrival a state breaks ties
 * between what was said at once and remembers who told of a persona first: what was kept is compared, not when it came.
 */
export function withoutArrivals(state: PersonaState): PersonaState {
  const claims = ([source, each]: readonly [string, Claims]) => [source, { firstAt: 0, ...wordsAsSaid(each) }] as const;
  return {
    ...state,
    ...wordsAsSaid(state),
    claims: new Map([...state.claims].map(claims)),
    arrivals: new Map(),
    heard: undefined,
  };
}

function wordsAsSaid({ traits, personalTraits, consents, zone }: Words): Words {
  const stamps = [...consents.stamps].map(
    ([key, { no, yes }]) => [key, { ...(no && { no: asSaid(no) }), ...(yes && { yes: asSaid(yes) }) }] as const,
  );
  return {
    traits: allAsSaid(traits),
    personalTraits: allAsSaid(personalTraits),
    consents: {
      refusals: allAsSaid(consents.refusals),
      grants: allAsSaid(consents.grants),
      stamps: new Map(stamps),
    },
    zone: zone && asSaid(zone),
  };
}

function allAsSaid<Word extends Arrived>(words: ReadonlyMap<string, Word>): ReadonlyMap<string, Word> {
  return new Map([...words].map(([name, word]) => [name, asSaid(word)]));
}

function asSaid<Word extends Arrived>(word: Word): Word {
  return { ...word, receivedAt: word.at };
}
