import { customersViewColumns } from '#contracts/lake/customers/customers-view.ts';
import type { DayCount } from '#domain/profile/counts-by-name.ts';
import type { RuleProfile } from '#domain/rule/rule-profile.ts';
import { landTable } from './land-table.ts';
import type { LocalLake } from './local-lake.ts';
import { trinoValues } from './trino-values.ts';

/** Column types of `v_customers` by name. */
const customerTable = Object.fromEntries(customersViewColumns.map(({ name, glueType }) => [name, glueType]));

type Row = Readonly<Record<string, unknown>>;

/** The row that `v_customers` has for a profile. */
export function customerRow(customerId: string, profile: RuleProfile): Row {
  const { purchases, spend } = profile;
  return {
    customer_id: customerId,
    first_seen: instant(profile.firstSeen),
    last_seen: instant(profile.lastSeen),
    interactions: profile.interactions,
    sessions: profile.sessions,
    orders: profile.orders,
    first_purchase: instant(profile.firstPurchase),
    last_purchase: instant(profile.lastPurchase),
    traits: entries(profile.traits, (value) => JSON.stringify(value)),
    types: entries(profile.types),
    touchpoints: entries(profile.touchpoints),
    channels: entries(profile.channels),
    campaigns: entries(profile.campaigns),
    products: entries(profile.products),
    categories: entries(profile.categories),
    orders_by_currency: entries(purchases, ({ orders }) => orders),
    gross_minor: entries(purchases, ({ grossMinor }) => grossMinor),
    refunded_minor: entries(purchases, ({ refundedMinor }) => refundedMinor),
    first_purchases: entries(purchases, ({ first }) => instant(first)),
    last_purchases: entries(purchases, ({ last }) => instant(last)),
    event_days: entries(profile.events, (days) => days.flatMap(({ day, count }) => Array(count).fill(day))),
    spend_days: entries(spend, (days) => ascending(days).map(({ day }) => day)),
    spend_since: entries(spend, (days) => sumsFrom(ascending(days))),
  };
}

/** The rows as a relation in Trino's SQL. */
export function customerValues(rows: readonly Row[]): string {
  return trinoValues('customers', customerTable, rows);
}

/** Makes a table `customers` of the rows in the lake's database. */
export async function landCustomers(lake: LocalLake, rows: readonly Row[]): Promise<void> {
  await landTable(lake, 'customers', customerTable, rows);
}

function entries<Value>(map: ReadonlyMap<string, Value>, to: (value: Value) => unknown = (value) => value) {
  return Object.fromEntries([...map].map(([name, value]) => [name, to(value)]));
}

const ascending = (days: readonly DayCount[]) => days.toSorted((a, b) => a.day - b.day);

function sumsFrom(days: readonly DayCount[]): number[] {
  let sum = 0;
  return days
    .toReversed()
    .map(({ count }) => (sum += count))
    .reverse();
}

const instant = (time: number | undefined) =>
  time === undefined ? null : new Date(time).toISOString().slice(0, 23).replace('T', ' ');
