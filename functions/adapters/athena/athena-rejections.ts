import type { AthenaClient } from '@aws-sdk/client-athena';
import * as z from 'zod';
import type { RejectionLake } from '#ports/rejection-lake.ts';
import { parse } from '#runtime/parse.ts';
import { type LakePlace, lakeQuery } from './lake-query.ts';
import { timeOf, timestamp } from './sql-time.ts';

/** Deliveries of one rejection and the parts of a large one share their id; no day before the first one's is read. */
const rejectionsSql = (conditions: readonly string[], limit: number) => `
SELECT rejection_id, received_at, touchpoint, reason, path, detail, type, message_id, max(events)
FROM rejected_interactions
WHERE dt >= ? AND received_at >= CAST(? AS timestamp)
  AND (received_at < CAST(? AS timestamp) OR (received_at = CAST(? AS timestamp) AND rejection_id < ?))
  ${conditions.map((condition) => `AND ${condition}`).join(' ')}
GROUP BY rejection_id, received_at, touchpoint, reason, path, detail, type, message_id
ORDER BY received_at DESC, rejection_id DESC
LIMIT ${limit}`;

const Row = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.string().default(''),
  z.string().default(''),
  z.string().optional(),
  z.string().optional(),
  z.coerce.number().int(),
]);

/** Refused events in the lake, through Athena. */
export function athenaRejections(client: AthenaClient, lake: LakePlace): RejectionLake {
  const query = lakeQuery(client, lake);
  return {
    async rejections({ fromMs, before, reason, touchpoint, limit }) {
      const wanted = [
        ...(reason === undefined ? [] : [['reason = ?', reason] as const]),
        ...(touchpoint === undefined ? [] : [['touchpoint = ?', touchpoint] as const]),
      ];
      const [from, until] = [timestamp(fromMs), timestamp(before.at)];
      const rows = await query(
        rejectionsSql(
          wanted.map(([condition]) => condition),
          limit,
        ),
        [from.slice(0, 10), from, until, until, before.messageId, ...wanted.map(([, value]) => value)],
      );
      return rows.map((row) => rejectionOf(parse(Row, row, 'A rejection of the lake')));
    },
  };
}

function rejectionOf(row: z.output<typeof Row>) {
  const [rejectionId, receivedAt, touchpoint, reason, path, detail, type, messageId, events] = row;
  return {
    rejectionId,
    at: timeOf(receivedAt),
    touchpoint,
    reason,
    path,
    detail,
    ...(type === undefined ? {} : { type }),
    ...(messageId === undefined ? {} : { messageId }),
    events,
  };
}
