import * as z from 'zod';
import { rejectionReasons } from '#contracts/wire/rejection.ts';
import { Trust } from '#domain/credential/trust.ts';
import { Touchpoint } from '#domain/vocabulary/touchpoint.ts';

/** A refused event as the lake has it, its parts put together again. */
export interface SealedEvent {
  readonly rejectionId: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly touchpoint: Touchpoint;
  /** Trust of the credential that told it; of rows of before it is not known, and nothing is made of it. */
  readonly trust: Trust;
  readonly sealed: string;
}

const Day = z.iso.date('Expected days as YYYY-MM-DD');
const Reason = z.enum(rejectionReasons);

/** The query for refused events by arrival day, both ends included, and reason. Throws an Error that says what it expected. */
export function rejectionsSql(from: string, to: string, reason: string | undefined): string {
  if (Day.parse(from) > Day.parse(to)) throw new Error(`Expected --from on or before --to, got ${from} and ${to}`);
  const ofReason = reason === undefined ? '' : `AND reason = '${Reason.parse(reason)}'`;
  return `SELECT DISTINCT rejection_id, received_at, touchpoint, trust, payload, payload_part, payload_parts
FROM rejected_interactions
WHERE dt BETWEEN '${from}' AND '${to}' ${ofReason}
ORDER BY rejection_id, payload_part`;
}

const Row = z.object({
  rejection_id: z.string(),
  received_at: z.string(),
  touchpoint: Touchpoint,
  trust: Trust.nullish(),
  payload: z.string(),
  payload_part: z.coerce.number(),
  payload_parts: z.coerce.number(),
});

/** Puts the parts of each refused event together. Throws an Error when one is missing. */
export function sealedEvents(rows: readonly unknown[]): SealedEvent[] {
  const parts = Map.groupBy(z.array(Row).parse(rows), ({ rejection_id }) => rejection_id);
  return [...parts].map(([rejectionId, own]) => {
    const ordered = own.toSorted((a, b) => a.payload_part - b.payload_part);
    const [first] = ordered;
    if (first === undefined || ordered.length !== first.payload_parts) {
      throw new Error(
        `Rejection ${rejectionId} has ${ordered.length} of ${first?.payload_parts} parts in the lake; try again later`,
      );
    }
    return {
      rejectionId,
      receivedAt: `${first.received_at.replace(' ', 'T')}Z`,
      touchpoint: first.touchpoint,
      trust: first.trust ?? 'public',
      sealed: ordered.map(({ payload }) => payload).join(''),
    };
  });
}
