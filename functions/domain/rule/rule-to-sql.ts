import { dayNumberOf } from '#domain/calendar/days.ts';
import { customerColumns } from './customer-columns.ts';
import { type Comparison, type Count, type Json, mostDays, type Text, type Time, type Truth } from './expression.ts';
import { isJson, isText, isTime } from './expression-type.ts';
import { timeOfTextInSql } from './iso-time.ts';
import { double, entry, textOfJson } from './sql-forms.ts';
import { dateLiteral, instantLiteral, numberLiteral, textLiteral } from './sql-literal.ts';
import type { SqlWriter } from './sql-writer.ts';

/** A condition over rows of `v_customers`, or why there is none. */
export type RuleSql =
  /** True, false or NULL, which is false: as it is in WHERE, else in `COALESCE(…, false)`. */
  { readonly kind: 'sql'; readonly condition: string } | { readonly kind: 'live-only'; readonly reason: string };

export interface SqlOptions {
  /** The time of asking, in epoch milliseconds. */
  readonly nowMs: number;
  /** Rules of the segments that `in_segment` may name: see `segmentRules`. Nobody is in another one. */
  readonly segments?: ReadonlyMap<string, Truth>;
}

/** Longest query that Athena takes, in bytes, with room for what stands around the condition. */
const longestCondition = 240_000;

/** The rule in Athena's SQL: true of a customer's row exactly where the rule is true of the customer's profile. */
export function ruleToSql(expression: Truth, options: SqlOptions): RuleSql {
  try {
    const condition = new Writer(options).truth(expression);
    if (Buffer.byteLength(condition) <= longestCondition) return { kind: 'sql', condition };
    return { kind: 'live-only', reason: 'The rule is longer in SQL than Athena takes' };
  } catch (error) {
    if (error instanceof LiveOnlyError) return { kind: 'live-only', reason: error.message };
    throw error;
  }
}

class LiveOnlyError extends Error {}

class Writer implements SqlWriter {
  readonly nowMs: number;
  private readonly options: SqlOptions;
  private readonly today: number;

  constructor(options: SqlOptions) {
    this.options = options;
    this.nowMs = options.nowMs;
    this.today = dayNumberOf(options.nowMs);
  }

  truth(expression: Truth): string {
    switch (expression.kind) {
      case 'truth':
        return String(expression.value);
      case 'and':
      case 'or':
        return `(${this.truth(expression.left)} ${expression.kind.toUpperCase()} ${this.truth(expression.right)})`;
      case 'not':
        return `(NOT ${this.truth(expression.of)})`;
      case 'truth-if':
        return this.choice(expression.condition, this.truth(expression.yes), this.truth(expression.no));
      case 'truth-of-json':
        return truthOf(this.json(expression.json));
      case 'compare-truths':
        return compared(expression.comparison, this.truth(expression.left), this.truth(expression.right));
      case 'compare-numbers':
        return compared(expression.comparison, this.number(expression.left), this.number(expression.right));
      case 'compare-texts':
        return compared(expression.comparison, this.text(expression.left), this.text(expression.right));
      case 'compare-times':
        return compared(expression.comparison, this.time(expression.left), this.time(expression.right));
      case 'compare-json':
        return comparedJson(expression.comparison, this.json(expression.left), this.json(expression.right));
      case 'number-in':
        return `(${this.number(expression.number)} IN (${expression.items.map(numberLiteral).join(', ')}))`;
      case 'text-in':
        return `(${this.text(expression.text)} IN (${expression.items.map(textLiteral).join(', ')}))`;
      case 'listed':
        return listed(expression.item, this.json(expression.list));
      case 'has':
        return this.has(expression.of);
      case 'in-segment': {
        const rule = this.options.segments?.get(expression.segmentId);
        return rule === undefined ? 'false' : `COALESCE(${this.truth(rule)}, false)`;
      }
      case 'truth-call':
        return expression.sql(this);
    }
  }

  number(expression: Count): string {
    switch (expression.kind) {
      case 'number':
        return numberLiteral(expression.value);
      case 'arithmetic':
        return finite(`${this.number(expression.left)} ${expression.operator} ${this.number(expression.right)}`);
      case 'negated':
        return `(-(${this.number(expression.of)}))`;
      case 'number-if':
        return this.choice(expression.condition, this.number(expression.yes), this.number(expression.no));
      case 'number-of-json':
        return numberOf(this.json(expression.json));
      case 'profile-number':
        return double(customerColumns.numbers[expression.field]);
      case 'named-count': {
        const count = entry(customerColumns.counts[expression.map], expression.name);
        return double(expression.map === 'types' ? `COALESCE(${count}, 0)` : count);
      }
      case 'purchase-number': {
        const { grossMinor, refundedMinor, orders } = customerColumns.purchases;
        const of = (column: string) => double(entry(column, expression.currency));
        if (expression.field === 'netMinor') return `(${of(grossMinor)} - ${of(refundedMinor)})`;
        return of({ grossMinor, refundedMinor, orders }[expression.field]);
      }
      case 'days-since-event': {
        const days = entry(customerColumns.eventDays, expression.event);
        return double(`${this.today} - array_max(filter(${days}, day -> day >= ${this.today - mostDays}))`);
      }
      case 'days-since-time':
        return double(`date_diff('day', CAST(${this.time(expression.time)} AS date), ${dateLiteral(this.today)})`);
      case 'number-call':
        return expression.sql(this);
    }
  }

  text(expression: Text): string {
    switch (expression.kind) {
      case 'text':
        return textLiteral(expression.value);
      case 'text-if':
        return this.choice(expression.condition, this.text(expression.yes), this.text(expression.no));
      case 'text-of-json':
        return textOfJson(this.json(expression.json));
      case 'text-call':
        return expression.sql(this);
    }
  }

  time(expression: Time): string {
    switch (expression.kind) {
      case 'time':
        return instantLiteral(expression.value);
      case 'time-of-json':
        return timeOfTextInSql(textOfJson(this.json(expression.json)));
      case 'profile-time':
        return customerColumns.times[expression.field];
      case 'purchase-time':
        return entry(customerColumns.purchaseTimes[expression.field], expression.currency);
      case 'time-call':
        return expression.sql(this);
    }
  }

  /** JSON text of the value; NULL or `null` when there is none. */
  json({ document, path: [first, ...rest] }: Json): string {
    if (document !== 'traits') throw new LiveOnlyError(`${document} is known to live decisions only`);
    const value = entry(customerColumns.traits, first);
    if (rest.length === 0) return value;
    const path = textLiteral(`$${rest.map((name) => `["${name}"]`).join('')}`);
    return `json_format(json_extract(${value}, ${path}))`;
  }

  private has(of: Count | Text | Time | Json): string {
    if (isJson(of)) {
      const json = this.json(of);
      return `(${json} IS NOT NULL AND ${json} NOT LIKE 'null')`;
    }
    const value = isTime(of) ? this.time(of) : isText(of) ? this.text(of) : this.number(of);
    return `(${value} IS NOT NULL)`;
  }

  /** NULL when the condition is unknown, which IF would take for false. */
  private choice(condition: Truth, yes: string, no: string): string {
    return `CASE ${this.truth(condition)} WHEN true THEN ${yes} WHEN false THEN ${no} END`;
  }
}

// An array's item can be named twice and is computed once.
const finite = (sql: string) => `element_at(filter(ARRAY[${sql}], v -> is_finite(v)), 1)`;

// Only a number's JSON text is a number in SQL.
const numberOf = (json: string) => `TRY_CAST(${json} AS double)`;
const truthOf = (json: string) => `CASE ${json} WHEN 'true' THEN true WHEN 'false' THEN false END`;

const compared = (comparison: Comparison, left: string, right: string) =>
  `(${left} ${comparison === '==' ? '=' : comparison === '!=' ? '<>' : comparison} ${right})`;

function comparedJson(comparison: Comparison, left: string, right: string): string {
  const isEquality = comparison === '==' || comparison === '!=';
  const readings = [numberOf, textOfJson, ...(isEquality ? [truthOf] : [])];
  return `COALESCE(${readings.map((reading) => compared(comparison, reading(left), reading(right))).join(', ')})`;
}

function listed(item: string | number | boolean, json: string): string {
  const list = `CASE WHEN ${json} LIKE '[%' THEN CAST(json_parse(${json}) AS array(json)) END`;
  return `any_match(${list}, item -> ${isItem(item)})`;
}

function isItem(item: string | number | boolean): string {
  if (typeof item === 'boolean') return `json_format(item) = '${item}'`;
  if (typeof item === 'number')
    return `COALESCE(TRY_CAST(json_format(item) AS double) = ${numberLiteral(item)}, false)`;
  return `json_format(item) LIKE '"%' AND json_extract_scalar(item, '$') = ${textLiteral(item)}`;
}
