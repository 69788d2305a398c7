import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customersViewColumns } from '#contracts/lake/customers/customers-view.ts';
import { dayMs } from '#domain/calendar/days.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { interaction } from '#support/builders/interaction.ts';
import { anyMoney } from '#support/generators/any-money.ts';
import { landDeliveries, overDeliveries } from '#support/lake-views.ts';
import { ask, type LocalLake, startEventLake } from '#support/local-lake.ts';
import { runningTrino } from './running-trino.ts';
import { askTrino } from './trino-client.ts';

/** Base URL of a running Trino server, http://127.0.0.1:8080. */
const endpoint = process.env.TRINO_ENDPOINT ?? '';

/** Messages of a few customers: money that any systems tell, pages, traits that are null or of another type. */
const deliveries = fc
  .sample(anyMoney({ orderIds: ['o-1', 'o-2', 'o-1'], most: 10 }), { numRuns: 20, seed: 7 })
  .flatMap((told, index) => [
    ...told.map(({ persona, message }) => ({ persona: `c${index}${persona}`, message })),
    ...[
      interaction({ messageId: 'v', properties: { product_id: 'p', category: 'x' }, channel: 'mobile' }),
      interaction({ messageId: 'g', type: 'group', traits: { plan: 'a group’s' } }),
      interaction({
        messageId: 'i',
        type: 'identify',
        traits: { plan: 'gold', n: 1.5, tags: ['a', null], größe: true },
      }),
      interaction({ messageId: 'n', type: 'identify', traits: { plan: null }, occurredAt: '2026-03-11T12:00:00.000Z' }),
    ].map((message) => ({ persona: `c${index}a`, message })),
  ])
  .map(({ persona, message }) => ({ persona, message: { ...message, ...lately(message) } }));

/** Moved to the last weeks, for Trino's clock is today's. */
function lately({ occurredAt, receivedAt }: Interaction) {
  const daysMs = Math.floor((Date.now() - Date.parse('2026-03-20')) / dayMs) * dayMs;
  const moved = (time: string) => new Date(Date.parse(time) + daysMs).toISOString();
  return { occurredAt: moved(occurredAt), receivedAt: moved(receivedAt) };
}

/** The view's columns as texts in a fixed order. */
const shown = customersViewColumns.map(({ name, glueType }) => {
  if (glueType === 'map<string,array<bigint>>') {
    return `array_join(array_sort(transform(map_keys(${name}), k -> k || '=' || array_join(array_sort(element_at(${name}, k)), ' '))), ', ') AS ${name}`;
  }
  if (!glueType.startsWith('map')) return name;
  return `array_join(array_sort(transform(map_keys(${name}), k -> k || '=' || COALESCE(CAST(element_at(${name}, k) AS varchar), 'null'))), ', ') AS ${name}`;
});
const sql = `SELECT ${shown.join(', ')} FROM v_customers ORDER BY customer_id`;

describe.skipIf(endpoint === '')(runningTrino, () => {
  let lake: LocalLake;
  beforeAll(async () => {
    lake = await startEventLake();
    lake.context.clock.nowMs = Date.now();
    await landDeliveries(lake, deliveries);
  }, 240_000);
  afterAll(() => lake.stop());

  test('gives the rows of v_customers that the local cloud gives', async () => {
    const local = await ask(lake, sql);
    expect(local.reason).toBe('');
    expect(local.rows).toHaveLength(20);
    expect(await askTrino(endpoint, overDeliveries(deliveries, sql))).toEqual({ rows: local.rows });
  }, 240_000);
});
