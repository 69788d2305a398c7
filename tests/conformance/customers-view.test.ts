import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customersViewColumns } from '#contracts/lake/customers/customers-view.ts';
import { textLiteral } from '#domain/rule/sql-literal.ts';
import { ask, type LocalLake, startEventLake } from '#support/local-lake.ts';
import { seededRandom } from '#support/seeded-random.ts';
import { askTrino } from './trino-client.ts';

/** Base URL of a running Trino server, http://127.0.0.1:8080. */
const endpoint = process.env.TRINO_ENDPOINT ?? '';
if (endpoint === '') console.info('v_customers in Trino: no Trino is asked, because TRINO_ENDPOINT is not set.');

const view = readFileSync(new URL('../../infra/lake/views/v_customers.sql', import.meta.url), 'utf8');
const random = seededRandom(7);
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
const text = (value: string | null) => (value === null ? 'CAST(NULL AS varchar)' : textLiteral(value));
const whole = (value: number | null) => `CAST(${value ?? 'NULL'} AS bigint)`;
const list = (items: readonly string[]) => `CAST(ARRAY[${items.map(textLiteral).join(', ')}] AS array(varchar))`;

/** A row of v_interactions, with the columns that the view reads. */
function someRow(index: number): string {
  const persona = pick(['p1', 'p2', 'p3']);
  const event = pick([null, 'Order Completed', 'Order Completed', 'Order Refunded', 'Product Viewed']);
  const at = new Date(Date.now() - Math.floor(random() * 120 * 86_400_000))
    .toISOString()
    .slice(0, 23)
    .replace('T', ' ');
  const fields = [
    text(persona === 'p3' ? 'c2' : 'c1'),
    text(persona),
    text(`m${index}`),
    text(event === null ? pick(['page', 'identify', 'group']) : 'track'),
    text(event),
    `TIMESTAMP '${at}'`,
    text(pick(['web', 'store'])),
    text(pick([null, 'mobile', ''])),
    text(pick([null, 'spring'])),
    list(pick([['a', 'b'], ['a'], []])),
    list(pick([['x'], []])),
    text(pick(['{}', '{"plan":"gold","n":1.5,"tags":["a",null]}', '{"plan":null}', '{"plan":7,"größe":true}'])),
    text(pick([null, `o-${persona}-1`, `o-${persona}-2`])),
    whole(event === 'Order Completed' ? pick([100, 250]) : null),
    whole(event === 'Order Refunded' ? pick([null, 50]) : null),
    text(event?.startsWith('Order') ? pick(['EUR', 'USD']) : null),
  ];
  return `(${fields.join(', ')})`;
}

const names =
  'customer_id, persona_id, message_id, type, event, occurred_at, touchpoint, channel, campaign, product_ids, categories, traits, order_id, revenue_minor, refund_minor, currency';
const values = Array.from({ length: 120 }, (_, index) => someRow(index)).join(', ');
const interactions = `v_interactions AS (SELECT *, message_id AS moment FROM (VALUES ${values}) AS rows_of (${names}))`;

/** The view's columns as texts in a fixed order. */
const shown = customersViewColumns.map(({ name, glueType }) => {
  if (glueType === 'map<string,array<bigint>>') {
    return `array_join(array_sort(transform(map_keys(${name}), k -> k || '=' || array_join(array_sort(element_at(${name}, k)), ' '))), ', ') AS ${name}`;
  }
  if (!glueType.startsWith('map')) return name;
  return `array_join(array_sort(transform(map_keys(${name}), k -> k || '=' || COALESCE(CAST(element_at(${name}, k) AS varchar), 'null'))), ', ') AS ${name}`;
});
const sql = `SELECT ${shown.join(', ')} FROM (${view.replace(/^WITH /m, `WITH ${interactions}, `)}) AS customers ORDER BY customer_id`;

describe.skipIf(endpoint === '')('a running Trino', () => {
  let lake: LocalLake;
  beforeAll(async () => {
    lake = await startEventLake();
    lake.context.clock.nowMs = Date.now();
  });
  afterAll(() => lake.stop());

  test('gives the rows of v_customers that the local cloud gives', async () => {
    const local = await ask(lake, sql);
    expect(local.reason).toBe('');
    expect(local.rows.map(([customerId]) => customerId)).toEqual(['c1', 'c2']);
    expect(await askTrino(endpoint, sql)).toEqual({ rows: local.rows });
  }, 120_000);
});
