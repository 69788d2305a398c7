import { type ClaimsBySource, type ClaimsDrafts, claimedRoom, claimsOf, draftsOfClaims, joinClaim } from './claims.ts';
import { notAsked, notShown, profileSignal } from './profile-signal.ts';
import { sayConsents, sayTraits, sayZone } from './say-words.ts';
import { ClaimsFields, claimsOfFields, claimsText } from './words-codec.ts';

/** What was said with public keys: see `customerState`. */
interface AllClaims {
  readonly claims: ClaimsBySource;
}

interface AllClaimsDraft {
  readonly claims: ClaimsDrafts;
}

export const claimsSignal = profileSignal({
  blank: (): AllClaimsDraft => ({ claims: new Map() }),
  copy: ({ claims }: AllClaims) => ({ claims: draftsOfClaims(claims) }),
  hear: ({ claims }: AllClaimsDraft, told) => {
    const { claimSource, digest } = told;
    const words = claimSource === undefined ? undefined : claimsOf(claims, claimSource, digest.receivedAt);
    if (words === undefined) return;
    sayTraits(words, told, claimedRoom);
    sayConsents(words, told);
    sayZone(words, told);
  },
  join: ({ claims }, other) => {
    for (const [source, claim] of other.claims) joinClaim(claims, source, claim);
  },
  fields: { claims: ClaimsFields.default([]) },
  decode: ({ claims }) => ({ claims: claimsOfFields(claims) }),
  texts: ({ claims }: AllClaims) => (claims.size === 0 ? [] : [`"claims":${claimsText(claims)}`]),
  ...notShown,
  ...notAsked,
});
