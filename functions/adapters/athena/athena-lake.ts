import type { AthenaClient } from '@aws-sdk/client-athena';
import * as z from 'zod';
import { interactionTypes } from '#domain/interaction/interaction.ts';
import type { TimelineEntry } from '#domain/profile/day-record.ts';
import { JsonObject } from '#domain/text/json-object.ts';
import type { InteractionLake } from '#ports/interaction-lake.ts';
import { parse, parseJson } from '#runtime/parse.ts';
import { type LakePlace, lakeQuery } from './lake-query.ts';
import { timeOf, timestamp } from './sql-time.ts';

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

/** The table itself: v_decisions knows names and traits besides, which cost. Deliveries of one decision are alike. */
const decisionsSql = (personas: number) => `
SELECT DISTINCT made.decision_id, made.decided_at, candidate.treatment_id, element_at(made.offer_ids, candidate.place), made.channel
FROM decisions AS made
CROSS JOIN UNNEST(made.treatment_ids) WITH ORDINALITY AS candidate (treatment_id, place)
WHERE made.persona_id IN (${placeholders(personas)})
  AND made.decided_at BETWEEN CAST(? AS timestamp) AND CAST(? AS timestamp)
  AND element_at(made.results, candidate.place) = 'shown'
ORDER BY 2 DESC, 1, 3
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
export function athenaLake(client: AthenaClient, lake: LakePlace): InteractionLake {
  const query = lakeQuery(client, lake);
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
