import type { Sealer } from './sealer.ts';

/** Turns identifiers into their keyed hashes and persona ids. Its own seal is for a stage that has no sealing key yet: who reads it can open. */
export interface IdentityKey extends Sealer {
  /** Keyed hash of an identifier: 32 lower-case hex digits. */
  hash(type: string, value: string): string;
  /** The persona that an identifier names until a link says otherwise: a UUID (version 8) derived from the keyed hash. */
  personaId(type: string, value: string): string;
  /** Whether a text was signed with the proof key of an id. */
  isSigned(keyId: string, text: string, signature: Buffer): boolean;
}
