import { dayMs } from '#domain/calendar/days.ts';
import { mergeTimelines, type TimelinePoint } from '#domain/profile/timeline.ts';
import type { Customers } from '#ports/customers.ts';
import type { InteractionLake } from '#ports/interaction-lake.ts';
import type { PageOfTimeline } from './timeline-details.ts';

export interface TimelinePageDeps {
  readonly customers: Pick<Customers, 'recentTimeline'>;
  readonly lake: Pick<InteractionLake, 'olderTimeline'>;
  readonly now: () => number;
}

/**
 * A page of the timeline. The kept days are complete back to the horizon; past it they hold only what arrived late, so
 * that a page from there on asks the lake too. The lake is slow and costs money: it is asked only when nothing is recent.
 */
export async function timelinePage(
  personaId: string,
  from: TimelinePoint,
  limit: number,
  deps: TimelinePageDeps,
): Promise<PageOfTimeline | undefined> {
  const customer = await deps.customers.recentTimeline(personaId, from, limit);
  if (customer === undefined) return undefined;
  const { customerId, personaIds, personas, page: kept } = customer;
  const horizon = startOfDay(deps.now()) - completeDays * dayMs;
  const recent = kept.entries.filter(({ at }) => at >= horizon);
  if (recent.length > 0) return { customerId, personaIds, entries: recent, hasMore: true, from };
  const older = await deps.lake.olderTimeline(
    personas.map((persona) => persona.personaId),
    from,
    limit + 1,
  );
  const entries = mergeTimelines([kept.entries, older], limit + 1);
  const hasMore = entries.length > limit || !kept.isComplete;
  return { customerId, personaIds, entries: entries.slice(0, limit), hasMore, from };
}

/** Day records are kept for 35 days after their last write; one less is surely there. */
const completeDays = 34;
const startOfDay = (time: number) => Math.floor(time / dayMs) * dayMs;
