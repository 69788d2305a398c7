import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { interactionToRow } from '#contracts/lake/interactions/interaction-row.ts';
import { interactionsTable } from '#contracts/lake/interactions/interactions-table.ts';
import { columnsOf, type LakeTableDefinition } from '#contracts/lake/table.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { combine } from '#domain/profile/combine.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { emptyState, type PersonaState } from '#domain/profile/persona-state.ts';
import { purchasesOf } from '#domain/profile/purchases.ts';
import { ruleProfileOf } from '#domain/rule/rule-profile.ts';
import { interaction } from '#support/builders/interaction.ts';
import { landTable } from '#support/land-table.ts';
import { ask, type LocalLake, startEventLake } from '#support/local-lake.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const view = readFileSync(new URL('../../../infra/lake/views/v_customers.sql', import.meta.url), 'utf8');
const nowMs = Date.parse('2026-03-31T12:00:00.000Z');
const customers = 300;

let lake: LocalLake;
beforeAll(async () => {
  lake = await startEventLake();
  lake.context.clock.nowMs = nowMs;
});
afterAll(() => lake.stop());

const amount = fc.option(fc.constantFrom(0, 0.01, 5, 9.99, 20, 22.5, 27.5, 1234.56, -5, '$19.99', '1.234,50'), {
  freq: 1,
  nil: undefined,
});
const properties = fc.record(
  {
    order_id: fc.constantFrom('o-1', 'o-2', 'o-1', undefined),
    currency: fc.constantFrom('EUR', 'EUR', 'USD', 'JPY', 'KWD', '', undefined),
    revenue: amount,
    total: amount,
    value: amount,
    refund_id: fc.constantFrom(undefined, undefined, 'r-1', 'r-2'),
    products: fc.constantFrom(
      undefined,
      undefined,
      [],
      [{ price: 3 }],
      [{ price: '4.50', quantity: 2 }, { price: 1 }],
      [{ price: 1 }, { product_id: 'p' }],
    ),
  },
  { requiredKeys: [] },
);

/** What any pair of systems can tell of the orders of one customer, under two of its personas. */
const told = fc.array(
  fc.record({
    event: fc.constantFrom('Order Completed', 'Order Completed', 'Order Refunded', 'Order Refunded', 'Order Cancelled'),
    occurredAt: fc.integer({ min: 0, max: 40 }).map((hour) => new Date(Date.UTC(2026, 2, 1, hour)).toISOString()),
    standing: fc.constantFrom('trusted', 'trusted', 'own', 'claimed', undefined),
    properties,
    persona: fc.constantFrom('a', 'b'),
  }),
  { minLength: 1, maxLength: 10 },
);

interface Customer {
  readonly id: string;
  readonly state: PersonaState;
  readonly rows: readonly object[];
  readonly orders: readonly Interaction[];
}

function customerOf(messages: typeof told extends fc.Arbitrary<infer Told> ? Told : never, index: number): Customer {
  const all = messages.map(({ persona, standing, ...message }, place) => ({
    persona: `p${index}${persona}`,
    message: interaction({
      ...message,
      receivedAt: message.occurredAt,
      ...(standing ? { standing: standing as 'own' } : {}),
      messageId: `m${place}`,
    }),
  }));
  const id = `c${index}`;
  const personas = [...Map.groupBy(all, ({ persona }) => persona).values()];
  const states = personas.map(
    (own) =>
      fold(
        personaMemory(),
        own.map(({ message }) => message),
      ).state,
  );
  return {
    id,
    state: states.reduce(combine, emptyState()),
    rows: all.map(({ persona, message }) => rowOf(id, persona, message)),
    orders: all.map(({ message }) => message),
  };
}

/** Orders, gross, net and refunds by currency, and what was paid in the last 30 days, as one text. */
function moneyIn(state: PersonaState): string {
  const sums = [...purchasesOf(state)].map(([currency, { orders, grossMinor, refundedMinor, span }]) =>
    [currency, orders, grossMinor, refundedMinor, at(span?.first), at(span?.last)].join(' '),
  );
  const spend = [...ruleProfileOf([state]).spend].map(
    ([currency, days]) => `${currency} ${days.reduce((sum, { count }) => sum + count, 0)}`,
  );
  return [...sums.sort(), ...spend.sort()].join(', ');
}

const at = (time: number | undefined) =>
  time === undefined ? 'null' : new Date(time).toISOString().slice(0, 23).replace('T', ' ');

const columns = { customer_id: 'string', ...typesOf(interactionsTable) };

function typesOf(table: LakeTableDefinition): Record<string, string> {
  return Object.fromEntries(columnsOf(table).map(({ name, glueType }) => [name, glueType]));
}

function rowOf(customerId: string, persona: string, message: Interaction): object {
  const row = interactionToRow(message, persona);
  return { customer_id: customerId, ...row, occurred_at: row.occurred_at.slice(0, 23) };
}

const shownSums = ['orders_by_currency', 'gross_minor', 'refunded_minor', 'first_purchases', 'last_purchases']
  .map((column) => `COALESCE(CAST(element_at(${column}, k) AS varchar), 'null')`)
  .join(" || ' ' || ");
const shownSpend = "k || ' ' || CAST(element_at(element_at(spend_since, k), 1) AS varchar)";

/** What v_customers says of customers, as `moneyIn` shows it. */
const moneySql = `SELECT customer_id,
  array_join(array_sort(transform(map_keys(orders_by_currency), k -> k || ' ' || ${shownSums})), ', ') AS sums,
  array_join(array_sort(transform(filter(map_keys(spend_since), k -> k <> 'all'), k -> ${shownSpend})), ', ') AS spend
  FROM (${view.replace(/^WITH /m, 'WITH v_interactions AS (SELECT *, message_id AS moment FROM told_rows), ')}) AS customers`;

test('v_customers has the money of the live profile, of whatever systems tell in whatever order', async () => {
  const all = fc.sample(told, { numRuns: customers, seed: 9 }).map(customerOf);
  await landTable(
    lake,
    'told_rows',
    columns,
    all.flatMap(({ rows }) => rows),
  );
  const { rows, reason } = await ask(lake, moneySql);
  expect(reason).toBe('');
  const inLake = new Map(rows.map(([id, sums, spend]) => [id, [sums, spend].filter(Boolean).join(', ')]));
  const different = all.filter(({ id, state }) => inLake.get(id) !== moneyIn(state));
  expect(different.map(({ id, state }) => [id, inLake.get(id), moneyIn(state)])).toEqual([]);
  expect(new Set(inLake.values()).size).toBeGreaterThan(customers / 3);
});

test('net lies between nothing and what was paid, and an order counts once, whatever the order and the repeats', () => {
  fc.assert(
    fc.property(told, (messages) => {
      const { state, orders } = customerOf(messages, 0);
      for (const { grossMinor, refundedMinor } of purchasesOf(state).values()) {
        expect(refundedMinor).toBeGreaterThanOrEqual(0);
        expect(refundedMinor).toBeLessThanOrEqual(grossMinor);
      }
      const completed = orders.filter(({ event, properties }) => event === 'Order Completed' && properties.order_id);
      const named = new Set(completed.map(({ properties: { order_id } }) => order_id)).size;
      const unnamed = orders.filter(({ event, properties }) => event === 'Order Completed' && !properties.order_id);
      const counted = [...purchasesOf(state).values()].reduce((sum, { orders }) => sum + orders, 0);
      expect(counted).toBeLessThanOrEqual(named + unnamed.length);
    }),
    { numRuns: 2000 },
  );
});
