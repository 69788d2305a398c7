import { firstWord, Word } from '#domain/identity/word.ts';
import { wordsOf } from '#domain/identity/words-of.ts';
import { isOwnKey } from '#domain/interaction/standing.ts';
import { notAsked, notShown, profileSignal } from './profile-signal.ts';

/** Who told first of the primary identifier; of one that belongs to a browser or device alone there is none. */
interface Heard {
  readonly heard: Word | undefined;
}

interface HeardDraft extends Heard {
  heard: Word | undefined;
}

export const heardSignal = profileSignal({
  blank: (): HeardDraft => ({ heard: undefined }),
  copy: ({ heard }: Heard) => ({ heard }),
  hear: (draft: HeardDraft, { interaction }) => {
    const [primary] = interaction.identifiers ?? [];
    if (primary === undefined || isOwnKey(primary.key)) return;
    draft.heard = firstWord(draft.heard, wordsOf(interaction)[0]?.word);
  },
  join: (draft, { heard }) => {
    draft.heard = firstWord(draft.heard, heard);
  },
  fields: { heard: Word.optional() },
  decode: ({ heard }) => ({ heard }),
  whenTold: ({ heard }: Heard) => (heard === undefined ? {} : { heard: { atMs: heard.atMs, by: heard.by } }),
  ...notShown,
  ...notAsked,
});
