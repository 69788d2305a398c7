import * as z from 'zod';
import { join, joinAll, sortedEntries } from '#domain/text/bounded-map.ts';
import { boundedName } from '#domain/text/bounded-name.ts';
import { mostNames } from './most-names.ts';
import { notAsked, profileSignal } from './profile-signal.ts';
import { ShownTime, timeText } from './shown-forms.ts';
import { storedCounts } from './stored-forms.ts';

/** Groups and when they were last named, in epoch milliseconds. */
interface Groups {
  readonly groups: ReadonlyMap<string, number>;
}

interface GroupsDraft {
  readonly groups: Map<string, number>;
}

export const groupsSignal = profileSignal({
  blank: (): GroupsDraft => ({ groups: new Map() }),
  copy: ({ groups }: Groups) => ({ groups: new Map(groups) }),
  count: ({ groups }: GroupsDraft, { interaction: { groupId }, digest, keeping }) => {
    if (groupId) join(groups, boundedName(groupId), digest.at, Math.max, keeping.room('groups', mostNames));
  },
  join: ({ groups }, other) => joinAll(groups, other.groups, Math.max),
  fields: { groups: storedCounts },
  decode: ({ groups }) => ({ groups: new Map(groups) }),
  always: ({ groups }: Groups) => ({ groups: sortedEntries(groups) }),
  answer: { groups: z.array(z.object({ id: z.string(), lastAt: ShownTime })) },
  shown: ({ groups }) => ({ groups: sortedEntries(groups).map(([id, last]) => ({ id, lastAt: timeText(last) })) }),
  ...notAsked,
});
