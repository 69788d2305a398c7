import * as z from 'zod';
import { dayMs } from '#domain/calendar/days.ts';
import { checkAccess } from '#domain/credential/access.ts';
import { cursorOf, pointOfCursor, type TimelinePoint } from '#domain/profile/timeline.ts';
import type { RejectedEvents, RejectionLake } from '#ports/rejection-lake.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { faultsInWords } from '#runtime/http/faults-in-words.ts';
import { answer, callerOfRequest, refuse } from '#runtime/http/http.ts';

const Query = z.object({
  days: z.coerce.number().int().min(1).max(90).default(7),
  reason: z.string().max(64).optional(),
  touchpoint: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .transform(pointOfCursor)
    .pipe(z.custom<TimelinePoint>((point) => point !== undefined, 'Expected a cursor as an earlier page gave it'))
    .optional(),
});

/** Answers which events were refused and why, the latest first; what they said stays sealed. */
export function readRejections({
  lake,
  now,
}: {
  readonly lake: RejectionLake;
  readonly now: () => number;
}): HttpFunction {
  return async (request) => {
    const access = checkAccess(callerOfRequest(request), 'read', 'admin');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const read = Query.safeParse(request.queryStringParameters ?? {});
    if (!read.success) return refuse(400, 'malformed_query', faultsInWords(read.error, 'query'));
    const { days, cursor, limit, ...wanted } = read.data;
    const before = cursor ?? { at: now() + dayMs, messageId: '' };
    const found = await lake.rejections({ ...wanted, fromMs: now() - days * dayMs, before, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return answer(200, {
      rejections: page.map(view),
      nextCursor: last === undefined ? null : cursorOf({ at: last.at, messageId: last.rejectionId }),
    });
  };
}

function view({ at, ...rejection }: RejectedEvents) {
  return { ...rejection, receivedAt: new Date(at).toISOString() };
}
