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
import { JsonObject } from '#domain/text/json-object.ts';
import type { InteractionLake } from '#ports/interaction-lake.ts';
import { LakeQueryError } from '#runtime/errors.ts';
import { parse, parseJson } from '#runtime/parse.ts';

/** HTTP API gives a function 30 s; a query that takes longer is the analysts' business, not a call-centre desktop's. */
const longestQueryMs = 25_000;

const olderSql = (personas: number) => `
SELECT message_id, type, coalesce(event, name), occurred_at, touchpoint, order_id, currency, revenue_minor
FROM v_interactions
WHERE persona_id IN (${placeholders(personas)})
  AND (occurred_at < CAST(? AS timestamp) OR (occurred_at = CAST(? AS timestamp) AND message_id < ?))
ORDER BY occurred_at DESC, message_id DESC
LIMIT `;

/** A result's page has a thousand rows, and one of them is the header. */
const mostRows = 999;
/** Lambda answers 6 MB at most; a page of the timeline has 200 interactions, of 32 KB each. */
const longestProperties = 16_000;

const propertiesSql = (personas: number) => `
SELECT message_id, properties
FROM v_interactions
WHERE persona_id IN (${placeholders(personas)})
  AND occurred_at BETWEEN CAST(? AS timestamp) AND CAST(? AS timestamp)
  AND length(properties) BETWEEN 3 AND ${longestProperties}
ORDER BY occurred_at DESC
LIMIT ${mostRows}`;

const decisionsSql = (personas: number) => `
SELECT decision_id, decided_at, treatment_id, offer_id, channel
FROM v_decisions
WHERE persona_id IN (${placeholders(personas)})
  AND decided_at BETWEEN CAST(? AS timestamp) AND CAST(? AS timestamp)
  AND result = 'shown'
ORDER BY decided_at DESC, decision_id, place_shown
LIMIT ${mostRows}`;

const PropertiesRow = z.tuple([z.string(), z.string()]);
const DecisionRow = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string()]);

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
      const time = timestamp(before.at);
      const rows = await query(olderSql(personaIds.length) + limit, [...personaIds, time, time, before.messageId]);
      return rows.map((row) => timelineEntryOf(parse(Row, row, 'A timeline row of the lake')));
    },

    async properties({ personaIds, fromMs, untilMs }) {
      const rows = await query(propertiesSql(personaIds.length), [
        ...personaIds,
        timestamp(fromMs),
        timestamp(untilMs),
      ]);
      const read = rows.map((row) => parse(PropertiesRow, row, 'Properties of the lake'));
      return new Map(read.map(([id, text]) => [id, parseJson(JsonObject, text, 'Properties of the lake')]));
    },

    async decisions({ personaIds, fromMs, untilMs }) {
      const rows = await query(decisionsSql(personaIds.length), [...personaIds, timestamp(fromMs), timestamp(untilMs)]);
      const shown = rows.map((row) => parse(DecisionRow, row, 'A decision of the lake'));
      return [...Map.groupBy(shown, ([decisionId]) => decisionId)].map(([decisionId, own]) => ({
        decisionId,
        at: Math.min(...own.map(([, decidedAt]) => timeOf(decidedAt))),
        treatments: own.map(([, , treatmentId, offerId, channel]) => ({ treatmentId, offerId, channel })),
      }));
    },
  };
}

function placeholders(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}

/** A time as SQL writes it. */
function timestamp(atMs: number): string {
  return new Date(atMs).toISOString().replace('T', ' ').replace('Z', '');
}

/** The time that {@link timestamp} wrote, in epoch milliseconds. */
function timeOf(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
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
    at: timeOf(occurredAt),
    type,
    touchpoint,
    ...(label === undefined ? {} : { label }),
    ...(purchase === undefined ? {} : { purchase }),
  };
}
