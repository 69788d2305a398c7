import type { PersonaState } from '#domain/profile/persona-state.ts';
import { type RuleProfile, ruleProfileOf } from '#domain/rule/rule-profile.ts';
import { textLiteral } from '#domain/rule/sql-literal.ts';
import { runQuery } from '#scripts/athena/athena-query.ts';
import { type AuditedRun, type Finding, findingsOf } from './audited-run.ts';

type DayCounts = RuleProfile['spend'];

/** What windows are asked of. */
interface Asked {
  readonly events: readonly string[];
  readonly currencies: readonly string[];
}

/**
 * Every customer has the same windows in Athena as live: how often each event of the run happened and what was paid in each currency,
 * day by day. Only for runs with fewer names of events than a profile keeps without being asked for them.
 */
export async function auditWindows(run: AuditedRun, live: ReadonlyMap<string, PersonaState>): Promise<Finding[]> {
  const asked = {
    events: distinct(run.sent.map(({ message }) => message.event)),
    currencies: distinct(run.sent.map(({ message }) => Object(message.properties).currency)),
  };
  const [personas, windows] = await Promise.all([
    runQuery(run.target, 'SELECT DISTINCT customer_id, persona_id FROM v_interactions'),
    runQuery(run.target, windowsSql(asked)),
  ]);
  const statesOf = Map.groupBy(personas.rows, ({ customer_id }) => String(customer_id));
  const different = windows.rows.flatMap(({ customer_id, first_day, ...inLake }) => {
    const states = (statesOf.get(String(customer_id)) ?? []).flatMap(
      ({ persona_id }) => live.get(String(persona_id)) ?? [],
    );
    const expected = JSON.stringify(shownOf(ruleProfileOf(states), asked, Number(first_day)));
    const found = JSON.stringify(Object.values(inLake).map((text) => text ?? ''));
    return found === expected ? [] : [`${customer_id} has ${found} instead of ${expected}`];
  });
  return findingsOf('rebuild', 'v_customers has other windows', different);
}

/** Profiles keep the days before their customer was last seen, the view those before today: both have these. */
function windowsSql({ events, currencies }: Asked): string {
  const columns = [
    ...events.map((name) => `array_join(array_sort(element_at(event_days, ${textLiteral(name)})), ' ')`),
    ...currencies.flatMap((name) => [
      `array_join(element_at(spend_days, ${textLiteral(name)}), ' ')`,
      `array_join(element_at(spend_since, ${textLiteral(name)}), ' ')`,
    ]),
  ].map((sql, index) => `${sql} AS window_${index}`);
  const firstDay = "date_diff('day', DATE '1970-01-01', current_date) - 91 AS first_day";
  return `SELECT customer_id, ${[firstDay, ...columns].join(', ')} FROM v_customers`;
}

/** What the columns above say of a live profile. */
function shownOf({ events, spend }: RuleProfile, asked: Asked, firstDay: number): string[] {
  return [
    ...asked.events.map((name) => daysOf(events, name, firstDay).flatMap(({ day, count }) => Array(count).fill(day))),
    ...asked.currencies.flatMap((name) => {
      const paid = daysOf(spend, name, firstDay);
      const since = paid.map((_, index) => paid.slice(index).reduce((sum, { count }) => sum + count, 0));
      return [paid.map(({ day }) => day), since];
    }),
  ].map((numbers) => numbers.join(' '));
}

function daysOf(counts: DayCounts, name: string, firstDay: number) {
  return (counts.get(name) ?? [])
    .filter(({ day, count }) => day >= firstDay && count !== 0)
    .toSorted((a, b) => a.day - b.day);
}

function distinct(names: readonly unknown[]): string[] {
  return [...new Set(names.filter((name) => typeof name === 'string'))].sort();
}
