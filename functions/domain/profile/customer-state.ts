import { firstWord } from '#domain/identity/word.ts';
import { joinAll } from './bounded-map.ts';
import { type ClaimsDrafts, firstTeller, joinClaim, ownBrowser, type Words } from './claims.ts';
import { combine } from './combine.ts';
import { draftOfState, emptyState, type PersonaState } from './persona-state.ts';
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
  const draft = draftOfState(combined);
  const own = [...claims.values()];
  addBelow(draft.traits, own, 'traits');
  addBelow(draft.personalTraits, own, 'personalTraits');
  draft.zone ??= own.map(({ zone }) => zone).reduce(laterZone, undefined);
  return { ...draft, claims };
}

function ownClaims(states: readonly PersonaState[]): ClaimsDrafts {
  const browsers = new Set(
    states.flatMap(({ claims }) => [...claims.keys()].flatMap((teller) => ownBrowser(teller) ?? [])),
  );
  const own: ClaimsDrafts = new Map();
  const first = firstTeller(states.map(({ heard }) => heard).reduce(firstWord, undefined));
  for (const { claims } of states) {
    for (const [teller, claim] of claims) {
      const browser = ownBrowser(teller) ?? teller;
      if (teller === first || (browser !== '' && browsers.has(browser))) joinClaim(own, browser, claim);
    }
  }
  return own;
}

/** Adds traits that are not told yet: of several browsers' the last. */
function addBelow(target: Map<string, TraitRegister>, own: readonly Words[], field: 'traits' | 'personalTraits'): void {
  const told = new Map<string, TraitRegister>();
  for (const words of own) joinAll(told, words[field], laterOf);
  for (const [key, register] of told) if (!target.has(key)) target.set(key, register);
}
