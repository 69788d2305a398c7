import type { Visit } from './ask-for-treatments.ts';
import type { WorldEvent } from './event.ts';

/** Where a touchpoint has something to show when an event comes. */
const placements: Readonly<Record<string, string>> = {
  'page Home': 'web/home-hero',
  'screen Start': 'app/start-card',
  'track Call Answered': 'call-centre/retention-desk',
};

/** The visits among events at which something can be shown. */
export function visitsIn(events: readonly WorldEvent[]): Visit[] {
  return events.flatMap(({ touchpoint, message: { type, name, event, userId } }) => {
    const placement = placements[`${type} ${name ?? event}`];
    return placement === undefined ? [] : [{ touchpoint, placement, userId: String(userId) }];
  });
}
