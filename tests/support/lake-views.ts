import { readFileSync } from 'node:fs';
import { interactionToRow } from '#contracts/lake/interactions/interaction-row.ts';
import { interactionsTable } from '#contracts/lake/interactions/interactions-table.ts';
import { columnsOf } from '#contracts/lake/table.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { landTable } from './land-table.ts';
import { ask, type LocalLake } from './local-lake.ts';

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
  const columns = Object.fromEntries(columnsOf(interactionsTable).map(({ name, glueType }) => [name, glueType]));
  await landTable(lake, 'interactions', { dt: 'string', ...columns }, deliveries.map(rowOf));
  await view(
    lake,
    'v_customers_identity',
    'SELECT DISTINCT persona_id, substr(persona_id, 1, length(persona_id) - 1) AS customer_id FROM interactions',
  );
  for (const name of ['v_interactions', 'v_orders', 'v_customers']) await view(lake, name, sqlOf(name));
}

function rowOf({ persona, message }: Delivered): object {
  return {
    dt: message.receivedAt.slice(0, 10),
    ...interactionToRow(message, persona),
    occurred_at: message.occurredAt.slice(0, 23),
    received_at: message.receivedAt.slice(0, 23),
  };
}

const sqlOf = (name: string) => readFileSync(new URL(`../../infra/lake/views/${name}.sql`, import.meta.url), 'utf8');

async function view(lake: LocalLake, name: string, sql: string): Promise<void> {
  const { reason } = await ask(lake, `CREATE OR REPLACE VIEW ${name} AS ${sql}`);
  if (reason !== '') throw new Error(`${name}: ${reason}`);
}
