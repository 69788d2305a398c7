import * as z from 'zod';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { pointOfCursor, type TimelinePoint } from '#domain/profile/timeline.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import type { InteractionLake } from '#ports/interaction-lake.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { customerOf } from '#runtime/http/customer-of.ts';
import { answer, refuse } from '#runtime/http/http.ts';
import {
  type TimelineDetailsDeps,
  type TimelinePart,
  timelineDetails,
  timelineParts,
} from '#use-cases/profile/timeline-details.ts';
import { type TimelinePageDeps, timelinePage } from '#use-cases/profile/timeline-page.ts';
import { timelineView } from './timeline-view.ts';

const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
  include: z.string().default(''),
});

interface ReadTimelineDeps extends TimelinePageDeps, TimelineDetailsDeps {
  readonly customers: TimelinePageDeps['customers'] & TimelineDetailsDeps['customers'];
  readonly lake: InteractionLake;
  readonly identityKey: () => Promise<IdentityKey>;
  readonly identifiers: IdentifierCatalogue;
}

/**
 * Answers a customer's interactions, newest first: the kept days from the live table, what is older from the lake. With `include` also
 * what only the lake has.
 */
export function readTimeline(deps: ReadTimelineDeps): HttpFunction {
  return async (request) => {
    const asked = await customerOf(request, deps.identityKey, deps.identifiers);
    if (asked.kind === 'refused') return asked.answer;
    const page = PageQuery.safeParse(request.queryStringParameters ?? {});
    const from = page.data?.cursor === undefined ? farFuture : pointOfCursor(page.data.cursor);
    if (!page.success || from === undefined || !isPlace(from)) {
      return refuse(400, 'malformed_page', 'Expected limit from 1 to 200, and a cursor as an earlier page gave it.');
    }
    const parts = partsOf(page.data.include);
    if (parts === undefined) {
      return refuse(
        400,
        'malformed_include',
        `Expected include with ${timelineParts.join(' or ')}, or with commas both.`,
      );
    }
    const found = await timelinePage(asked.personaId, from, page.data.limit, deps);
    if (found === undefined) return refuse(404, 'unknown_customer', 'No customer has this identifier.');
    return answer(200, timelineView(found, await timelineDetails(found, parts, deps)));
  };
}

const farFuture: TimelinePoint = { at: Date.UTC(9999, 0), messageId: '' };

/** Whether a timeline can have this point: past the years that Date and SQL know, a query fails. Message ids have up to 128. */
function isPlace({ at, messageId }: TimelinePoint): boolean {
  return at >= 0 && at <= farFuture.at && messageId.length <= 128;
}

/** The parts that a list names; undefined when it names anything else. */
function partsOf(include: string): ReadonlySet<TimelinePart> | undefined {
  const named = include === '' ? [] : include.split(',').map((name) => name.trim());
  const known = timelineParts.filter((part) => named.includes(part));
  return named.every((name) => known.some((part) => part === name)) ? new Set(known) : undefined;
}
