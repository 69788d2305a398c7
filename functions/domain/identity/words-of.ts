import type { Interaction, KeyedIdentifier } from '#domain/interaction/interaction.ts';
import { browserOf, isOwnKey } from '#domain/interaction/standing.ts';
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
  const speaker = browserOf({ identifiers }) ?? identifiers[0]?.key;
  const word = standing === 'trusted' || speaker === undefined ? { atMs } : { atMs, by: speaker };
  return identifiers.filter(({ key }) => !isOwnKey(key)).map((identifier) => ({ identifier, word }));
}
