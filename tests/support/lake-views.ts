import { readFileSync } from 'node:fs';
import { interactionToRow } from '#contracts/lake/interactions/interaction-row.ts';
import { interactionsTable } from '#contracts/lake/interactions/interactions-table.ts';
import { columnsOf } from '#contracts/lake/table.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { landTable } from './land-table.ts';
import { ask, type LocalLake } from './local-lake.ts';
import { trinoValues } from './trino-values.ts';

/** One delivery of a message to a persona. */
export interface Delivered {
  readonly persona: string;
  readonly message: Interaction;
}

/**
 * Makes the lake's `interactions` of deliveries, and the views over them as they are deployed. A persona's customer is its name
 * without the last letter.
 */
export async function landDeliveries(lake: LocalLake, deliveries: readonly Delivered[]): Promise<void> {
  await landTable(lake, 'interactions', columns, deliveries.map(rowOf));
  for (const [name, sql] of views) {
    const { reason } = await ask(lake, `CREATE OR REPLACE VIEW ${name} AS ${sql}`);
    if (reason !== '') throw new Error(`${name}: ${reason}`);
  }
}

/** A query over the same as one statement of Trino's SQL, which needs no tables. */
export function overDeliveries(deliveries: readonly Delivered[], query: string): string {
  const interactions = `SELECT * FROM ${trinoValues('deliveries', columns, deliveries.map(rowOf))}`;
  const relations = [['interactions', interactions] as const, ...views].map(([name, sql]) => `${name} AS (${sql})`);
  return `WITH ${relations.join(', ')} ${query}`;
}

const columns: Readonly<Record<string, string>> = {
  dt: 'string',
  ...Object.fromEntries(columnsOf(interactionsTable).map(({ name, glueType }) => [name, glueType])),
};

const sqlOf = (name: string) => readFileSync(new URL(`../../infra/lake/views/${name}.sql`, import.meta.url), 'utf8');

const views: readonly (readonly [name: string, sql: string])[] = [
  [
    'v_customers_identity',
    'SELECT DISTINCT persona_id, substr(persona_id, 1, length(persona_id) - 1) AS customer_id FROM interactions',
  ],
  ...['v_interactions', 'v_orders', 'v_customers', 'v_consents'].map((name) => [name, sqlOf(name)] as const),
];

function rowOf({ persona, message }: Delivered): Readonly<Record<string, unknown>> {
  return {
    dt: message.receivedAt.slice(0, 10),
    ...interactionToRow(message, persona),
    occurred_at: message.occurredAt.slice(0, 23),
    received_at: message.receivedAt.slice(0, 23),
  };
}
