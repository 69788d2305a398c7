import { firstWord } from '#domain/identity/word.ts';
import { joinAll } from '#domain/text/bounded-map.ts';
import { type ClaimsDrafts, firstSource, joinClaim, ownBrowser, type Words } from './claims.ts';
import { combine } from './combine.ts';
import { emptyState, type PersonaState } from './persona-state.ts';
import { laterOf, type TraitRegister } from './traits.ts';
import { laterZone } from './zone.ts';

/**
 * The state of a customer: its personas' states combined, with the words of the customer's own browsers under those of trusted
 * touchpoints, whatever their times, and without what strangers claimed. Own are the browsers whose personas are the customer's,
 * and the browser that told of the customer, by whatever identifier, before anybody else: an address that the firm has linked to an
 * account is no new customer to whoever names it first.
 */
export function customerState(states: readonly PersonaState[]): PersonaState {
  const [only, ...others] = states;
  if (only !== undefined && others.length === 0 && only.claims.size === 0) return only;
  const claims = ownClaims(states);
  const combined = states.map((state) => ({ ...state, claims: new Map() })).reduce(combine, emptyState());
  const own = [...claims.values()];
  return {
    ...combined,
    traits: withBelow(combined, own, 'traits'),
    personalTraits: withBelow(combined, own, 'personalTraits'),
    zone: combined.zone ?? own.map(({ zone }) => zone).reduce(laterZone, undefined),
    claims,
  };
}

function ownClaims(states: readonly PersonaState[]): ClaimsDrafts {
  const browsers = new Set(
    states.flatMap(({ claims }) => [...claims.keys()].flatMap((source) => ownBrowser(source) ?? [])),
  );
  const own: ClaimsDrafts = new Map();
  const first = firstSource(states.map(({ heard }) => heard).reduce(firstWord, undefined));
  for (const { claims } of states) {
    for (const [source, claim] of claims) {
      const browser = ownBrowser(source) ?? source;
      if (source === first || (browser !== '' && browsers.has(browser))) joinClaim(own, browser, claim);
    }
  }
  return own;
}

/** Traits, and of browsers' own those that are not told yet: of several browsers' the last. */
function withBelow(
  told: Words,
  own: readonly Words[],
  field: 'traits' | 'personalTraits',
): ReadonlyMap<string, TraitRegister> {
  const below = new Map<string, TraitRegister>();
  for (const words of own) joinAll(below, words[field], laterOf);
  return new Map([...told[field], ...[...below].filter(([key]) => !told[field].has(key))]);
}
