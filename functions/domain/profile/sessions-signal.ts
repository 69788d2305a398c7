import * as z from 'zod';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { sum } from '#domain/text/bounded-map.ts';
import { dispositionEvent } from '#domain/vocabulary/disposition-event.ts';
import { markActive } from './day-record.ts';
import { profileSignal } from './profile-signal.ts';

/** Runs of half hours with activity within a day, UTC. */
interface Sessions {
  readonly sessions: number;
}

interface SessionsDraft extends Sessions {
  sessions: number;
}

export const sessionsSignal = profileSignal({
  blank: (): SessionsDraft => ({ sessions: 0 }),
  copy: ({ sessions }: Sessions) => ({ sessions }),
  count: (draft: SessionsDraft, { interaction, digest, day }) => {
    if (isActivity(interaction)) draft.sessions += markActive(day, digest.at);
  },
  // A session that two personas took part in counts in each.
  join: (draft, { sessions }) => {
    draft.sessions = sum(draft.sessions, sessions);
  },
  fields: { sessions: z.int() },
  decode: ({ sessions }) => ({ sessions }),
  always: ({ sessions }: Sessions) => ({ sessions }),
  answer: { sessions: z.object({ count: z.int() }) },
  shown: ({ sessions }) => ({ sessions: { count: sessions } }),
  inRules: ({ sessions }): Sessions => ({ sessions }),
});

/** Whether it shows that somebody was there: identify, group and alias calls and dispositions are made by systems. */
function isActivity({ type, event }: Interaction): boolean {
  return type === 'page' || type === 'screen' || (type === 'track' && event !== dispositionEvent);
}
