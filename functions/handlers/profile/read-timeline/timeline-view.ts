import type { TimelineEntry } from '#domain/profile/day-record.ts';
import { cursorOf } from '#domain/profile/timeline.ts';
import type { PageOfTimeline, TimelineDetails } from '#use-cases/profile/timeline-details.ts';

/** A page of the timeline as the API answers it. */
export function timelineView({ customerId, entries, hasMore }: PageOfTimeline, details: TimelineDetails) {
  const last = entries.at(-1);
  return {
    customerId,
    interactions: entries.map((entry) => entryView(entry, details)),
    ...(details.decisions === undefined ? {} : { decisions: details.decisions.map(decisionView) }),
    nextCursor: hasMore && last !== undefined ? cursorOf(last) : null,
  };
}

function entryView({ at, label, purchase, ...entry }: TimelineEntry, { dispositions, properties }: TimelineDetails) {
  const disposition = dispositions.get(entry.messageId);
  const told = properties?.get(entry.messageId);
  return {
    ...entry,
    occurredAt: new Date(at).toISOString(),
    ...(label === undefined ? {} : { event: label }),
    ...(purchase === undefined ? {} : { purchase }),
    ...(disposition === undefined ? {} : { disposition }),
    ...(told === undefined ? {} : { properties: told }),
  };
}

function decisionView({ at, ...decision }: NonNullable<TimelineDetails['decisions']>[number]) {
  return { ...decision, occurredAt: new Date(at).toISOString() };
}
