import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { dayMs } from '#domain/calendar/days.ts';
import { compileRule } from '#domain/rule/rule.ts';
import { type RuleProfile, ruleProfileOf } from '#domain/rule/rule-profile.ts';
import { ruleToSql } from '#domain/rule/rule-to-sql.ts';
import { localTarget } from '#scripts/target/target.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';
import { customerRow } from '#support/customer-table.ts';
import { seededRandom } from '#support/seeded-random.ts';

const now = '2026-06-15T12:00:00.000Z';
const nowMs = Date.parse(now);
let cloud: TestCloud;
let profiles: Map<string, RuleProfile>;
let rows: Map<string, Record<string, string | null>>;

beforeAll(async () => {
  cloud = await startTestCloud('--now', now);
  for (let batch = 0; batch < 12; batch += 1) {
    const events = Array.from({ length: 40 }, (_, index) => someEvent(batch * 40 + index));
    const { status } = await cloud.call('POST', '/v1/batch', { json: { batch: events } });
    expect(status).toBe(200);
    // A repeat changes nothing, live and in the lake.
    if (batch % 4 === 0) await cloud.call('POST', '/v1/batch', { json: { batch: events } });
  }
  await cloud.settle();
  profiles = await liveProfiles();
  rows = await viewRows();
});
afterAll(() => cloud.stop());

const random = seededRandom(20_260_615);
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;

/** An event of one of twelve people, of whom some are known by two ids: purchases, refunds, traits and pages of half a year. */
function someEvent(index: number): object {
  const person = Math.floor(random() * 12);
  const ids =
    person < 4
      ? pick([{ anonymousId: `a${person}` }, { userId: `u${person}`, anonymousId: `a${person}` }])
      : { userId: `u${person}` };
  const at = nowMs - Math.floor(random() * random() * 200 * dayMs);
  const common = {
    ...ids,
    messageId: `m${index}`,
    timestamp: new Date(at).toISOString(),
    channel: pick(['browser', 'mobile', undefined]),
    context: { campaign: pick([undefined, { name: 'spring' }, { name: 'größe 😀' }]) },
  };
  const order = {
    order_id: pick([undefined, `o${person}-1`, `o${person}-2`]),
    currency: pick(['EUR', 'JPY', undefined]),
  };
  const products = [{ product_id: pick(['p1', 'p2', "p'3"]), category: pick(['shoes', 'hats', undefined]) }];
  switch (Math.floor(random() * 7)) {
    case 0:
      return {
        ...common,
        type: 'track',
        event: 'Order Completed',
        properties: { ...order, revenue: pick([0, 5, 12.5]), products },
      };
    case 1:
      return {
        ...common,
        type: 'track',
        event: 'Order Refunded',
        properties: { ...order, total: pick([undefined, 1, 2.5]) },
      };
    case 2:
      return { ...common, type: 'track', event: pick(['Product Viewed', "Don't"]), properties: { ...products[0] } };
    case 3:
      return { ...common, type: 'page', name: 'Home' };
    case 4:
      return { ...common, type: 'group', groupId: 'g', traits: { plan: 'not a customer’s' } };
    default:
      return {
        ...common,
        type: 'identify',
        traits: {
          plan: pick(['gold', 'silver', null, 7]),
          score: pick([1, 2.5, -3, 1e6, '42', true]),
          tags: pick([['a', 'b'], [], 'a', null, [1, null]]),
          nested: pick([{ city: 'Köln', deep: { x: 1 } }, null]),
          email: 'somebody@example.com',
          long: pick(['x'.repeat(1200), 'short']),
        },
      };
  }
}

/** Every customer of the lake with the live profile. */
async function liveProfiles(): Promise<Map<string, RuleProfile>> {
  const client = new DynamoDBClient(localTarget(cloud.info).client);
  const customers = dynamoCustomers(client, cloud.info.outputs.CustomersTableName ?? '');
  const ids = await cloud.query('SELECT DISTINCT customer_id FROM v_interactions');
  const found = new Map<string, RuleProfile>();
  for (const { customer_id } of ids) {
    const customer = await customers.customer(customer_id ?? '');
    if (customer !== undefined)
      found.set(customer.customerId, ruleProfileOf(customer.personas.map(({ state }) => state)));
  }
  client.destroy();
  return found;
}

/** Profiles keep the days before the customer was last seen, the view those before today: rules ask for what both have. */
function recent(profile: RuleProfile): RuleProfile {
  const today = Math.floor(nowMs / dayMs);
  const trimmed = (days: RuleProfile['events']) =>
    new Map(
      [...days]
        .map(([name, counts]) => [name, counts.filter(({ day }) => day > today - 92)] as const)
        .filter(([, counts]) => counts.length > 0),
    );
  return { ...profile, events: trimmed(profile.events), spend: trimmed(profile.spend) };
}

/** A map as Athena shows it, in the order of names. */
const shownMap = (map: object) =>
  Object.entries(map)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, value]) => `${name}=${Array.isArray(value) ? `[${value.toSorted((a, b) => a - b).join(', ')}]` : value}`,
    );
const plainColumns = 'first_seen last_seen interactions sessions orders first_purchase last_purchase'.split(' ');
const mapColumns = (
  'traits types touchpoints channels campaigns products categories ' +
  'orders_by_currency gross_minor refunded_minor first_purchases last_purchases'
).split(' ');
const listColumns = ['event_days', 'spend_days', 'spend_since'];
const rules = [
  'profile.traits.plan == "gold" && profile.orders > 0',
  'profile.traits.score >= 2 || "a" in profile.traits.tags',
  'profile.traits.nested.deep.x == 1 && profile.traits.nested.city.startsWith("Kö")',
  'count_since("Order Completed", 30) > 0 && sum_since("Order Completed", 90, "EUR") > 500',
  'days_since("Product Viewed") < 20',
  'days_since(profile.last_purchase) < 10 || profile.purchases.EUR.net_minor < 0',
  'profile.categories.shoes >= 2 && profile.campaigns["größe 😀"] > 1',
].map((source) => {
  const made = compileRule(source);
  if (made.kind === 'invalid') throw new Error(JSON.stringify(made.faults));
  return made.rule;
});

/** A map's entries as one text, in the order of their names. */
const entriesOf = (map: string, value: string) =>
  `array_join(array_sort(transform(map_keys(${map}), k -> k || '=' || ${value})), ', ') AS ${map}`;

/** The rows of the view: a query makes the whole view, so one asks for all. */
async function viewRows(): Promise<Map<string, Record<string, string | null>>> {
  const columns = [
    ...plainColumns,
    ...mapColumns.map((map) => entriesOf(map, `COALESCE(CAST(element_at(${map}, k) AS varchar), 'null')`)),
    ...listColumns.map((map) => entriesOf(map, `'[' || array_join(array_sort(element_at(${map}, k)), ', ') || ']'`)),
    ...rules.map(({ expression }, index) => {
      const sql = ruleToSql(expression, { nowMs });
      if (sql.kind !== 'sql') throw new Error(sql.reason);
      return `COALESCE(${sql.condition}, false) AS rule_${index}`;
    }),
  ];
  const rows = await cloud.query(`SELECT customer_id, ${columns.join(', ')} FROM v_customers`);
  return new Map(rows.map(({ customer_id, ...row }) => [customer_id ?? '', row]));
}

/** What a column says of a profile, as `viewRows` shows it. */
function shown(column: string, profile: RuleProfile): string | null {
  const value = customerRow('', recent(profile))[column];
  if (typeof value !== 'object' || value === null) return value === null ? null : String(value);
  return Object.keys(value).length === 0 ? null : shownMap(value).sort().join(', ');
}

test('the view has the customers of the live table, some with several personas', async () => {
  const [counts] = await cloud.query(
    'SELECT count(DISTINCT persona_id) AS personas, count(DISTINCT customer_id) AS customers FROM v_interactions',
  );
  expect(Number(counts?.personas)).toBeGreaterThan(Number(counts?.customers));
  expect([...rows.keys()].sort()).toEqual([...profiles.keys()].sort());
});

test.each([...plainColumns, ...mapColumns, ...listColumns])('%s is that of the live profile', (column) => {
  const live = [...profiles].map(([id, profile]) => [id, shown(column, profile)]);
  expect([...profiles.keys()].map((id) => [id, rows.get(id)?.[column]])).toEqual(live);
  expect(new Set(live.map(([, value]) => value)).size).toBeGreaterThan(1);
});

test.each(rules.map((rule, index) => [rule.source, rule, index] as const))(
  'the same customers are in Athena and live: %s',
  (_, rule, index) => {
    const live = [...profiles].map(([, profile]) => rule.test({ profile, context: {}, segments: new Set(), nowMs }));
    expect([...profiles.keys()].map((id) => rows.get(id)?.[`rule_${index}`])).toEqual(live.map(String));
    expect(new Set(live).size).toBe(2);
  },
);
