import type { Identifier } from '#domain/identity/identifier.ts';
import { type Standing, standingOf } from '#domain/interaction/standing.ts';
import { prove } from '#domain/proof/prove.ts';
import type { Arrival } from './read-interaction.ts';

/** Whose word an event is, and which identifiers it is about. */
interface Told {
  readonly standing: Standing;
  /** The primary one first. */
  readonly identifiers: readonly Identifier[];
  /** Why a proof did not make it the firm's word. */
  readonly detail?: string;
  /** Whether an alias joins no former user id, for a public key told it. */
  readonly isAliasUnread?: true;
}

/** What the credential's trust, a proof and the stage's setting make of an event that carries identifiers, the primary one first. */
export function standingTold(carried: readonly Identifier[], proof: unknown, arrival: Arrival): Told {
  const { trust, identifiers: catalogue } = arrival;
  const [primary] = carried;
  const standing = standingOf(trust, primary?.type ?? '');
  if (standing === 'trusted') return { standing, identifiers: carried };
  const read = typeof proof === 'string' ? arrival.readProof?.(proof, arrival.receivedAt) : undefined;
  // That an id was an account's before is for a server to say: neither a claim nor a proof, which names one user id, joins two.
  const isBelieved = catalogue.publicClaims === 'anybody-may-merge-customers';
  const spoken = isBelieved ? carried : carried.filter(({ isFormer }) => !isFormer);
  const unread = spoken.length === carried.length ? {} : ({ isAliasUnread: true } as const);
  const proven = read?.kind === 'proof' ? prove(spoken, read.identifiers, catalogue) : undefined;
  if (proven?.kind === 'proven') return { standing: 'trusted', identifiers: proven.identifiers, ...unread };
  const why = proven?.detail ?? (read?.kind === 'fault' ? read.detail : undefined);
  const told = { ...unproven(spoken, standing, catalogue.publicClaims), ...unread };
  return why === undefined ? told : { ...told, detail: `${why}: the event counts as a claim.` };
}

function unproven(
  carried: readonly Identifier[],
  standing: Standing,
  publicClaims: Arrival['identifiers']['publicClaims'],
): Told {
  if (standing === 'own') return { standing, identifiers: carried };
  switch (publicClaims) {
    case 'anybody-may-merge-customers':
      return { standing: 'trusted', identifiers: carried };
    case 'never-link':
      return { standing, identifiers: carried.slice(0, 1) };
    case 'nobody-else':
      return { standing, identifiers: carried };
  }
}
