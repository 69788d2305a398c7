import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import * as z from 'zod';
import { interactionTypes } from '#domain/interaction/interaction.ts';
import type { TimelineEntry } from '#domain/profile/day-record.ts';
import type { InteractionLake } from '#ports/interaction-lake.ts';
import { LakeQueryError } from '#runtime/errors.ts';
import { parse } from '#runtime/parse.ts';

/** HTTP API gives a function 30 s; a query that takes longer is the analysts' business, not a call-centre desktop's. */
const longestQueryMs = 25_000;

const olderSql = (personas: number) => `
SELECT message_id, type, coalesce(event, name), occurred_at, touchpoint, order_id, currency, revenue_minor
FROM v_interactions
WHERE persona_id IN (${Array.from({ length: personas }, () => '?').join(', ')})
  AND (occurred_at < CAST(? AS timestamp) OR (occurred_at = CAST(? AS timestamp) AND message_id < ?))
ORDER BY occurred_at DESC, message_id DESC
LIMIT `;

const Row = z.tuple([
  z.string(),
  z.enum(interactionTypes),
  z.string().optional(),
  z.string(),
  z.string(),
  z.string().optional(),
  z.string().optional(),
  z.coerce.number().int().optional(),
]);

/** The lake's interactions through Athena. */
export function athenaLake(
  client: AthenaClient,
  lake: { readonly workgroup: string; readonly database: string },
): InteractionLake {
  async function query(sql: string, parameters: readonly string[]): Promise<(string | undefined)[][]> {
    const { QueryExecutionId } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        ExecutionParameters: parameters.map(literal),
        WorkGroup: lake.workgroup,
        QueryExecutionContext: { Database: lake.database },
      }),
    );
    await finished(QueryExecutionId);
    const { ResultSet } = await client.send(new GetQueryResultsCommand({ QueryExecutionId, MaxResults: 1000 }));
    const rows = ResultSet?.Rows ?? [];
    return rows.slice(1).map((row) => (row.Data ?? []).map((cell) => cell.VarCharValue));
  }

  async function finished(QueryExecutionId: string | undefined): Promise<void> {
    for (
      let waitedMs = 0, waitMs = 50;
      waitedMs < longestQueryMs;
      waitedMs += waitMs, waitMs = Math.min(2 * waitMs, 1000)
    ) {
      const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
      const { State = 'QUEUED', StateChangeReason } = QueryExecution?.Status ?? {};
      if (State === 'SUCCEEDED') return;
      if (State === 'FAILED' || State === 'CANCELLED')
        throw new LakeQueryError(`Query ${QueryExecutionId} ${State}: ${StateChangeReason}`);
      await sleep(waitMs);
    }
    throw new LakeQueryError(`Query ${QueryExecutionId} took longer than ${longestQueryMs} ms`);
  }

  return {
    async olderTimeline(personaIds, before, limit) {
      const time = new Date(before.at).toISOString().replace('T', ' ').replace('Z', '');
      const rows = await query(olderSql(personaIds.length) + limit, [...personaIds, time, time, before.messageId]);
      return rows.map((row) => timelineEntryOf(parse(Row, row, 'A timeline row of the lake')));
    },
  };
}

/** Athena takes parameters as SQL literals. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function timelineEntryOf(row: z.output<typeof Row>): TimelineEntry {
  const [messageId, type, label, occurredAt, touchpoint, orderId, currency, revenueMinor] = row;
  const purchase =
    currency === undefined || revenueMinor === undefined
      ? undefined
      : { currency, revenueMinor, ...(orderId === undefined ? {} : { orderId }) };
  return {
    messageId,
    at: Date.parse(`${occurredAt.replace(' ', 'T')}Z`),
    type,
    touchpoint,
    ...(label === undefined ? {} : { label }),
    ...(purchase === undefined ? {} : { purchase }),
  };
}
