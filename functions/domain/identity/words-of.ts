import type { Interaction, KeyedIdentifier } from '#domain/interaction/interaction.ts';
import { isOwnType } from '#domain/interaction/standing.ts';
import type { Word } from './word.ts';

/** What an interaction says of an identifier that others may know. */
export interface WordOf {
  readonly identifier: KeyedIdentifier;
  readonly word: Word;
}

/** What of an interaction says who is who, and since when. */
type Speaking = Pick<Interaction, 'standing' | 'receivedAt' | 'identifiers'>;

/**
 * The words of an interaction. Of what belongs to a browser or device alone there are none: whoever knows it has it. A claim
 * is that of the browser or device that the interaction names, else of its primary identifier.
 */
export function wordsOf({ standing = 'trusted', receivedAt, identifiers = [] }: Speaking): WordOf[] {
  const atMs = Date.parse(receivedAt);
  const speaker = identifiers.find(({ key }) => isOwnKey(key)) ?? identifiers[0];
  const word = standing === 'trusted' || speaker === undefined ? { atMs } : { atMs, by: speaker.key };
  return identifiers.filter(({ key }) => !isOwnKey(key)).map((identifier) => ({ identifier, word }));
}

/** Whether a key is of an identifier that belongs to one browser or device. */
export function isOwnKey(key: string): boolean {
  return isOwnType(key.slice(0, key.indexOf(':')));
}
