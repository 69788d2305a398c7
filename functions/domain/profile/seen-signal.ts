import * as z from 'zod';
import { firstSeenMs } from '#domain/identity/first-seen-ms.ts';
import { profileSignal } from './profile-signal.ts';
import { ShownTime, timeTextOrNull } from './shown-forms.ts';
import { hull, type Span } from './span.ts';
import { spanOf, spanTuple, storedTime } from './stored-forms.ts';

/** Times of the first and the last interaction; the last one is the watermark of all windows. */
export interface Seen {
  readonly seen: Span | undefined;
}

interface SeenDraft extends Seen {
  seen: Span | undefined;
}

/** Epoch milliseconds. */
interface SeenInRules {
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
}

export const seenSignal = profileSignal({
  blank: (): SeenDraft => ({ seen: undefined }),
  copy: ({ seen }: Seen) => ({ seen }),
  // The first arrival of a message is the earliest, whichever of them was applied first.
  hear: (draft: SeenDraft, { interaction, digest }) => {
    widen(draft, { first: firstSeenMs(interaction), last: digest.at });
  },
  join: (draft, { seen }) => {
    if (seen !== undefined) widen(draft, seen);
  },
  fields: { seen: z.tuple([storedTime, storedTime]) },
  decode: ({ seen: [first, last] }) => ({ seen: spanOf(first, last) }),
  always: ({ seen }: Seen) => ({ seen: spanTuple(seen) }),
  answer: { firstSeenAt: ShownTime.nullable(), lastSeenAt: ShownTime.nullable() },
  shown: ({ seen }) => ({ firstSeenAt: timeTextOrNull(seen?.first), lastSeenAt: timeTextOrNull(seen?.last) }),
  inRules: ({ seen }): SeenInRules => ({ firstSeen: seen?.first, lastSeen: seen?.last }),
});

function widen(draft: SeenDraft, seen: Span): void {
  draft.seen = draft.seen === undefined ? seen : hull(draft.seen, seen);
}
