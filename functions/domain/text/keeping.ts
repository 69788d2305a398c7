import type { Room } from './bounded-map.ts';
import { hash32 } from './stable-hash.ts';

/** Kinds of names of which a record has room for so many. */
export type NameKind =
  | 'events'
  | 'traits'
  | 'consents'
  | 'touchpoints'
  | 'channels'
  | 'campaigns'
  | 'groups'
  | 'products'
  | 'categories'
  | 'currencies'
  | 'responses'
  | 'links';

/** Names that the catalogue asks for, by kind, in the form that records keep. */
export type NamesInUse = (kind: NameKind, name: string) => boolean;

/** Which names a persona's records keep when it is told of more than they have room for. */
export interface Keeping {
  /** Room for all names of a kind that are in use, and for so many others. */
  room(kind: NameKind, others: number): Room;
}

/**
 * The keeping of a persona. Which of the names stay that nobody asks for depends on its id, which comes from a keyed hash and which
 * no answer to a public key shows: whoever tells of somebody else can't choose names that drive theirs out.
 */
export function keepingOf(personaId: string, isInUse: NamesInUse = () => false): Keeping {
  const seed = hash32(personaId);
  return { room: (kind, others) => ({ others, seed, isInUse: (name) => isInUse(kind, name) }) };
}
