import * as z from 'zod';
import { byCodeUnit } from '#domain/text/bounded-map.ts';

/**
 * Who told of an identifier, and when that arrived, in epoch milliseconds: a sender can make up when something happened, and not
 * when it arrives. `by` is the key of who claims it, a browser mostly; a trusted touchpoint's word has none.
 */
export const Word = z.object({ atMs: z.int(), by: z.string().exactOptional() });
export type Word = Readonly<z.infer<typeof Word>>;

/** Words of one identifier that are kept: whoever is later has no say, and waits for proof as the others do. */
export const mostWords = 8;

/** The earliest words, one of each speaker, in order: whatever the order and the repeats in which they are joined. */
export function joinWords(...lists: readonly (readonly Word[])[]): Word[] {
  const earliest = new Map<string, Word>();
  for (const word of lists.flat()) {
    const known = earliest.get(word.by ?? '');
    if (known === undefined || word.atMs < known.atMs) earliest.set(word.by ?? '', word);
  }
  return [...earliest.values()].sort(earlierWord).slice(0, mostWords);
}

/** The earlier of two words, if there is one. */
export function firstWord(one: Word | undefined, other: Word | undefined): Word | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return earlierWord(one, other) <= 0 ? one : other;
}

/** Orders words by their arrival; at the same moment the trusted one comes first. */
export function earlierWord(one: Word, other: Word): number {
  return one.atMs - other.atMs || byCodeUnit(one.by ?? '', other.by ?? '');
}
