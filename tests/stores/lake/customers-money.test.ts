import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { commerceOf } from '#domain/interaction/commerce.ts';
import { combine } from '#domain/profile/combine.ts';
import type { DayCount } from '#domain/profile/counts-by-name.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { effectOf, type OrderEffect } from '#domain/profile/order-effect.ts';
import { blankOrder } from '#domain/profile/order-record.ts';
import { emptyState, type PersonaState } from '#domain/profile/persona-state.ts';
import { purchasesOf } from '#domain/profile/purchases.ts';
import { ruleProfileOf } from '#domain/rule/rule-profile.ts';
import { hash64 } from '#domain/text/stable-hash.ts';
import { anyMoney } from '#support/generators/any-money.ts';
import { type Delivered, landDeliveries } from '#support/lake-views.ts';
import { ask, type LocalLake, startEventLake } from '#support/local-lake.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const nowMs = Date.parse('2026-03-31T12:00:00.000Z');
const customers = 300;
const told = anyMoney({ orderIds: ['o-1', 'o-2', 'o-1'], most: 10 });
const all = fc.sample(told, { numRuns: customers, seed: 9 }).map(customerOf);

let lake: LocalLake;
beforeAll(async () => {
  lake = await startEventLake();
  lake.context.clock.nowMs = nowMs;
  await landDeliveries(
    lake,
    all.flatMap((customer) => customer.told),
  );
});
afterAll(() => lake.stop());

interface Customer {
  readonly id: string;
  readonly state: PersonaState;
  readonly told: readonly Delivered[];
}

function customerOf(messages: readonly Delivered[], index: number): Customer {
  const id = `c${index}`;
  const own = messages.map(({ persona, message }) => ({ persona: `${id}${persona}`, message }));
  const states = [...Map.groupBy(own, ({ persona }) => persona).values()].map(
    (ofPersona) =>
      fold(
        personaMemory(),
        ofPersona.map(({ message }) => message),
      ).state,
  );
  return { id, state: states.reduce(combine, emptyState()), told: own };
}

/** Orders, gross, refunds by currency, what was paid in the last 30 days and how many orders that was, as one text. */
function moneyIn(state: PersonaState): string {
  const sums = [...purchasesOf(state)].map(([currency, { orders, grossMinor, refundedMinor, span }]) =>
    [currency, orders, grossMinor, refundedMinor, at(span?.first), at(span?.last)].join(' '),
  );
  const { spend, events } = ruleProfileOf([state]);
  const paid = [...spend].map(([currency, days]) => `${currency} ${totalOf(days)}`);
  const counted = totalOf(events.get('Order Completed') ?? []);
  return [...sums.sort(), ...paid.sort(), ...(counted === 0 ? [] : [String(counted)])].join(', ');
}

const totalOf = (days: readonly DayCount[]) => days.reduce((sum, { count }) => sum + count, 0);

const at = (time: number | undefined) =>
  time === undefined ? 'null' : new Date(time).toISOString().slice(0, 23).replace('T', ' ');

const shownSums = ['orders_by_currency', 'gross_minor', 'refunded_minor', 'first_purchases', 'last_purchases']
  .map((column) => `COALESCE(CAST(element_at(${column}, k) AS varchar), 'null')`)
  .join(" || ' ' || ");
const shownSpend = "k || ' ' || CAST(element_at(element_at(spend_since, k), 1) AS varchar)";

/** What v_customers says of customers, as `moneyIn` shows it. */
const moneySql = `SELECT customer_id,
  array_join(array_sort(transform(map_keys(orders_by_currency), k -> k || ' ' || ${shownSums})), ', ') AS sums,
  array_join(array_sort(transform(map_keys(spend_since), k -> ${shownSpend})), ', ') AS spend,
  CAST(cardinality(element_at(event_days, 'Order Completed')) AS varchar) AS counted
  FROM v_customers`;

test('v_customers has the money of the live profile, of whatever systems tell in whatever order', async () => {
  const { rows, reason } = await ask(lake, moneySql);
  expect(reason).toBe('');
  const inLake = new Map(rows.map(([id, ...shown]) => [id, shown.filter(Boolean).join(', ')]));
  const different = all.filter(({ id, state }) => inLake.get(id) !== moneyIn(state));
  expect(different.map(({ id, state }) => [id, inLake.get(id), moneyIn(state)])).toEqual([]);
  expect(new Set(inLake.values()).size).toBeGreaterThan(customers / 3);
});

test('v_orders has a row an order, net, as the live profile has it', async () => {
  const { rows, reason } = await ask(
    lake,
    'SELECT customer_id, order_id, ordered_at, currency, gross_minor, refunded_minor, net_minor FROM v_orders',
  );
  expect(reason).toBe('');
  const named = rows.filter(([, orderId]) => orderId !== null);
  const shownOf = (id: string, orderId: string, { at: time, currency, grossMinor, refundedMinor }: OrderEffect) =>
    [id, orderId, at(time), currency, grossMinor, refundedMinor, grossMinor - refundedMinor].map(String);
  const live = all.flatMap(({ id, state }) =>
    ['o-1', 'o-2'].flatMap((orderId) => {
      const effect = effectOf(state.orders.get(hash64(orderId)) ?? blankOrder());
      return effect === undefined ? [] : [shownOf(id, orderId, effect)];
    }),
  );
  expect(named.map((row) => row.join(' ')).sort()).toEqual(live.map((row) => row.join(' ')).sort());
  const orders = all.flatMap(({ state }) => [...purchasesOf(state).values()]).map((sums) => sums.orders);
  expect(rows).toHaveLength(orders.reduce((sum, count) => sum + count, 0));
});

test('a refund in v_interactions has the currency of its order unless it names one', async () => {
  const { rows, reason } = await ask(
    lake,
    'SELECT persona_id, message_id, currency FROM v_interactions WHERE refund_kind IS NOT NULL',
  );
  expect(reason).toBe('');
  const expected = all.flatMap(({ state, told: messages }) =>
    messages.flatMap(({ persona, message }) => {
      const { refund } = commerceOf(message);
      if (refund === undefined) return [];
      const order = state.orders.get(hash64(refund.orderId ?? ''));
      const currency = refund.currency ?? effectOf(order ?? blankOrder())?.currency ?? null;
      return [[persona, message.messageId, currency].join(' ')];
    }),
  );
  expect(rows.map((row) => row.join(' ')).sort()).toEqual(expected.sort());
});

test('of the messages that tell an order one counts', async () => {
  const { rows, reason } = await ask(
    lake,
    `SELECT o.customer_id FROM v_orders o
      LEFT JOIN v_interactions i ON i.customer_id = o.customer_id AND i.message_id = o.message_id AND i.counts_as_order
      GROUP BY o.customer_id HAVING COUNT(i.message_id) < COUNT(*)`,
  );
  expect([reason, rows]).toEqual(['', []]);
});

test('net lies between nothing and what was paid, and an order counts once, whatever the order and the repeats', () => {
  fc.assert(
    fc.property(told, (messages) => {
      const { state, told: own } = customerOf(messages, 0);
      for (const { grossMinor, refundedMinor } of purchasesOf(state).values()) {
        expect(refundedMinor).toBeGreaterThanOrEqual(0);
        expect(refundedMinor).toBeLessThanOrEqual(grossMinor);
      }
      const completed = own.map(({ message }) => message).filter(({ event }) => event === 'Order Completed');
      const named = new Set(completed.flatMap(({ properties: { order_id } }) => order_id ?? [])).size;
      const unnamed = completed.filter(({ properties }) => !properties.order_id);
      const counted = [...purchasesOf(state).values()].reduce((sum, { orders }) => sum + orders, 0);
      expect(counted).toBeLessThanOrEqual(named + unnamed.length);
    }),
    { numRuns: 2000 },
  );
});
