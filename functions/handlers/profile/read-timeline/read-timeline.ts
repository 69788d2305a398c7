import * as z from 'zod';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import type { TimelineEntry } from '#domain/profile/day-record.ts';
import { cursorOf, pointOfCursor, type TimelinePoint } from '#domain/profile/timeline.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { customerOf } from '#runtime/http/customer-of.ts';
import { answer, refuse } from '#runtime/http/http.ts';
import { type TimelinePageDeps, timelinePage } from '#use-cases/profile/timeline-page.ts';

const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
});

interface ReadTimelineDeps extends TimelinePageDeps {
  readonly identityKey: () => Promise<IdentityKey>;
  readonly identifiers: IdentifierCatalogue;
}

/** Answers a customer's interactions, newest first: the kept days from the live table, what is older from the lake. */
export function readTimeline(deps: ReadTimelineDeps): HttpFunction {
  return async (request) => {
    const asked = await customerOf(request, deps.identityKey, deps.identifiers);
    if (asked.kind === 'refused') return asked.answer;
    const page = PageQuery.safeParse(request.queryStringParameters ?? {});
    const from = page.data?.cursor === undefined ? farFuture : pointOfCursor(page.data.cursor);
    if (!page.success || from === undefined || !isPlace(from)) {
      return refuse(400, 'malformed_page', 'Expected limit from 1 to 200, and a cursor as an earlier page gave it.');
    }
    const found = await timelinePage(asked.personaId, from, page.data.limit, deps);
    if (found === undefined) return refuse(404, 'unknown_customer', 'No customer has this identifier.');
    const { customerId, entries, hasMore } = found;
    const last = entries.at(-1);
    return answer(200, {
      customerId,
      interactions: entries.map(entryView),
      nextCursor: hasMore && last !== undefined ? cursorOf(last) : null,
    });
  };
}

const farFuture: TimelinePoint = { at: Date.UTC(9999, 0), messageId: '' };

/** Whether a timeline can have this point: past the years that Date and SQL know, a query fails. Message ids have up to 128. */
function isPlace({ at, messageId }: TimelinePoint): boolean {
  return at >= 0 && at <= farFuture.at && messageId.length <= 128;
}

function entryView({ at, label, purchase, ...entry }: TimelineEntry) {
  return {
    ...entry,
    occurredAt: new Date(at).toISOString(),
    ...(label === undefined ? {} : { event: label }),
    ...(purchase === undefined ? {} : { purchase }),
  };
}
