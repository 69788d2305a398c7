import {
  decisionsOfContacts,
  mergeDecisions,
  type TimelineDecision,
} from '#domain/contact-policy/decisions-of-contacts.ts';
import type { TimelineDisposition } from '#domain/disposition/timeline-disposition.ts';
import { dispositionId, dispositionOfId } from '#domain/disposition/told-disposition.ts';
import type { TimelineEntry } from '#domain/profile/day-record.ts';
import type { TimelinePoint } from '#domain/profile/timeline.ts';
import { dispositionEvent } from '#domain/vocabulary/disposition-event.ts';
import type { Customers } from '#ports/customers.ts';
import type { DispositionDetailsReads } from '#ports/disposition-details.ts';
import type { InteractionLake, LakeSpan } from '#ports/interaction-lake.ts';

export interface TimelineDetailsDeps {
  readonly customers: Pick<Customers, 'contacts'>;
  readonly dispositions: DispositionDetailsReads;
  readonly lake: Pick<InteractionLake, 'properties' | 'decisions'>;
}

/** What a page is read with besides its entries. */
export const timelineParts = ['properties', 'decisions'] as const;
export type TimelinePart = (typeof timelineParts)[number];

/** A page of the timeline whose details are wanted. */
export interface PageOfTimeline {
  readonly customerId: string;
  readonly personaIds: readonly string[];
  readonly entries: readonly TimelineEntry[];
  readonly hasMore: boolean;
  /** The point after which the page begins. */
  readonly from: TimelinePoint;
}

/** Dispositions by message id, always: the live tables have them. The other parts ask the lake, and are there when they are asked for. */
export interface TimelineDetails {
  readonly dispositions: ReadonlyMap<string, TimelineDisposition>;
  readonly properties: ReadonlyMap<string, object> | undefined;
  readonly decisions: readonly TimelineDecision[] | undefined;
}

/** Reads what a page of the timeline means: what its dispositions told, its interactions' properties, and the decisions of its time. */
export async function timelineDetails(
  page: PageOfTimeline,
  parts: ReadonlySet<TimelinePart>,
  deps: TimelineDetailsDeps,
): Promise<TimelineDetails> {
  const span = spanOf(page);
  const [dispositions, properties, decisions] = await Promise.all([
    dispositionsOf(page.entries, deps.dispositions),
    parts.has('properties') && page.entries.length > 0 ? deps.lake.properties(span) : undefined,
    parts.has('decisions') ? decisionsIn(page, span, deps) : undefined,
  ]);
  return { dispositions, properties, decisions };
}

/** From the page's beginning to its last entry, or to the beginning of time when no page follows. */
function spanOf({ personaIds, entries, hasMore, from }: PageOfTimeline): LakeSpan {
  return { personaIds, fromMs: hasMore ? (entries.at(-1)?.at ?? 0) : 0, untilMs: from.at };
}

async function dispositionsOf(entries: readonly TimelineEntry[], reads: DispositionDetailsReads) {
  const named = entries.flatMap(({ label, messageId }) => {
    const disposition = label === dispositionEvent ? dispositionOfId(messageId) : undefined;
    return disposition === undefined ? [] : [disposition];
  });
  const details = named.length === 0 ? new Map<string, never>() : await reads.detailsOf(named);
  return new Map(named.map((each) => [dispositionId(each), { ...each, ...details.get(dispositionId(each)) }] as const));
}

/** The ledger has the latest at once, the lake has all when it has landed. */
async function decisionsIn(
  { customerId }: PageOfTimeline,
  span: LakeSpan,
  { customers, lake }: TimelineDetailsDeps,
): Promise<readonly TimelineDecision[]> {
  const [contacts, landed] = await Promise.all([customers.contacts(customerId), lake.decisions(span)]);
  const recent = decisionsOfContacts(contacts).filter(({ at }) => at >= span.fromMs && at <= span.untilMs);
  return mergeDecisions(recent, landed);
}
