import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { Contact } from './contact-ledger.ts';

/** A decision that showed something, beside a page of the timeline. */
export interface TimelineDecision {
  readonly decisionId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly treatments: readonly Pick<Contact, 'treatmentId' | 'offerId' | 'channel'>[];
}

/** The decisions that contacts are of: each with all that it showed. */
export function decisionsOfContacts(contacts: readonly Contact[]): TimelineDecision[] {
  return [...Map.groupBy(contacts, ({ decisionId }) => decisionId)].map(([decisionId, shown]) => ({
    decisionId,
    at: Math.min(...shown.map(({ atMs }) => atMs)),
    treatments: shown.map(({ treatmentId, offerId, channel }) => ({ treatmentId, offerId, channel })),
  }));
}

/** Decisions of two sources, each once and the latest first. The second has the whole of each: a ledger may have dropped a part. */
export function mergeDecisions(
  some: readonly TimelineDecision[],
  whole: readonly TimelineDecision[],
): TimelineDecision[] {
  const byId = new Map([...some, ...whole].map((decision) => [decision.decisionId, decision]));
  return [...byId.values()].sort((a, b) => b.at - a.at || byCodeUnit(b.decisionId, a.decisionId));
}
