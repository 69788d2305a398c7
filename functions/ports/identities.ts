import type { Cluster } from '#domain/identity/cluster.ts';
import type { NewClaim } from '#domain/identity/new-claims.ts';
import type { NewLink } from '#domain/identity/new-links.ts';
import type { Word } from '#domain/identity/word.ts';

/** An identifier as the graph of identities knows it. */
export interface KnownIdentifier {
  /** `type:hash`. */
  readonly identifier: string;
  /** Its normalised value, for types that are not personal. */
  readonly value?: string;
}

/** An identifier whose persona is about to be saved, or was. */
export interface SeenIdentifier extends KnownIdentifier {
  /** When its persona was first there. */
  readonly seenFirstMs: number;
  /** Who told of it first. */
  readonly heard?: Word | undefined;
}

/** Which identifiers are one customer: links in, customers out. Each call retries its own conflicts. */
export interface Identities {
  /**
   * Records that a persona's interactions carried other identifiers too, and since when (epoch milliseconds). Links known
   * already cost reads and no write. Throws {@link IdentitiesContendedError}.
   */
  link(persona: SeenIdentifier, links: readonly NewLink[], nowMs: number): Promise<void>;
  /**
   * Records that somebody unproven says to have an identifier. It joins them where nobody had told of it before, else it waits
   * for proof. `persona` is the one whose interaction told it. Throws {@link IdentitiesContendedError}.
   */
  claim(persona: SeenIdentifier, claim: NewClaim, nowMs: number): Promise<void>;
  /** Tells of a persona, after its save, that it was there or told of earlier than was known. Costs a read when nothing links it. */
  seenSince(persona: SeenIdentifier, nowMs: number): Promise<void>;
  /** The same of a persona of which only the id is known: what the firm itself says of it names no identifier. */
  personaSeen(personaId: string, seenFirstMs: number, nowMs: number): Promise<void>;
  /** What is known of the identifiers that a persona is linked to; `undefined` when nothing links it. */
  read(personaId: string): Promise<Cluster | undefined>;
  /** Undoes the merge that made two personas one customer. Throws {@link IdentitiesContendedError}. */
  unmerge(request: UnmergeRequest): Promise<'unmerged' | 'apart' | 'unknown'>;
}

/** Which merge to undo, and who asks. */
export interface UnmergeRequest {
  /** The persona or customer that was named; its side keeps being what it is. */
  readonly fromPersonaId: string;
  /** The persona to take out with all that is linked to it more closely than to the other. */
  readonly personaId: string;
  /** Id of the credential that asks. */
  readonly askedBy: string;
  readonly nowMs: number;
}
