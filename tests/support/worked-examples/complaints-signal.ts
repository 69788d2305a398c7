import * as z from 'zod';
import { profileSignal } from '#domain/profile/profile-signal.ts';
import { ShownTime, timeTextOrNull } from '#domain/profile/shown-forms.ts';
import { hull, type Span } from '#domain/profile/span.ts';
import { sum } from '#domain/text/bounded-map.ts';

/** How often a customer complained, and when. */
interface Complaints {
  readonly complaints: (Span & { readonly count: number }) | undefined;
}

interface ComplaintsDraft {
  complaints: Complaints['complaints'];
}

export const complaintsSignal = profileSignal({
  blank: (): ComplaintsDraft => ({ complaints: undefined }),
  copy: ({ complaints }: Complaints) => ({ complaints }),
  count: (draft: ComplaintsDraft, { interaction: { type, event }, digest: { at } }) => {
    if (type === 'track' && event === 'Complaint Filed') add(draft, { count: 1, first: at, last: at });
  },
  join: (draft, { complaints }) => add(draft, complaints),
  fields: { complaints: z.tuple([z.int(), z.int(), z.int()]).optional() },
  decode: ({ complaints: stored }) => {
    if (stored === undefined) return { complaints: undefined };
    const [count, first, last] = stored;
    return { complaints: { count, first, last } };
  },
  whenTold: ({ complaints: told }: Complaints) =>
    told === undefined ? {} : { complaints: [told.count, told.first, told.last] },
  answer: { complaints: z.object({ count: z.int(), lastAt: ShownTime.nullable() }) },
  shown: ({ complaints }) => ({
    complaints: { count: complaints?.count ?? 0, lastAt: timeTextOrNull(complaints?.last) },
  }),
  inRules: ({ complaints }) => ({ complaints: complaints?.count ?? 0 }),
});

function add(draft: ComplaintsDraft, added: Complaints['complaints']): void {
  const known = draft.complaints;
  if (known === undefined || added === undefined) draft.complaints = known ?? added;
  else draft.complaints = { count: sum(known.count, added.count), ...hull(known, added) };
}
