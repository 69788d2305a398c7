import type { NameKind } from '#domain/text/keeping.ts';
import type { Reader } from './reader.ts';
import type { RuleFacts } from './rule-facts.ts';
import type { SqlWriter } from './sql-writer.ts';

/**
 * A rule after type checking: the one form from which the evaluator and the SQL are made. Every expression has a value or is
 * unknown (docs/adr/0014-missing-means-false.md).
 */
export type Expression = Truth | Count | Text | Time | Json;

export type Order = '<' | '<=' | '>' | '>=';
export type Comparison = Order | '==' | '!=';

/** True, false or unknown. */
export type Truth =
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'and' | 'or'; readonly left: Truth; readonly right: Truth }
  | { readonly kind: 'not'; readonly of: Truth }
  | { readonly kind: 'truth-if'; readonly condition: Truth; readonly yes: Truth; readonly no: Truth }
  | { readonly kind: 'truth-of-json'; readonly json: Json }
  | { readonly kind: 'compare-truths'; readonly comparison: '==' | '!='; readonly left: Truth; readonly right: Truth }
  | { readonly kind: 'compare-numbers'; readonly comparison: Comparison; readonly left: Count; readonly right: Count }
  | { readonly kind: 'compare-texts'; readonly comparison: Comparison; readonly left: Text; readonly right: Text }
  | { readonly kind: 'compare-times'; readonly comparison: Comparison; readonly left: Time; readonly right: Time }
  | { readonly kind: 'compare-json'; readonly comparison: Comparison; readonly left: Json; readonly right: Json }
  | { readonly kind: 'number-in'; readonly number: Count; readonly items: readonly number[] }
  | { readonly kind: 'text-in'; readonly text: Text; readonly items: readonly string[] }
  | { readonly kind: 'listed'; readonly item: string | number | boolean; readonly list: Json }
  | { readonly kind: 'has'; readonly of: Count | Text | Time | Json }
  | { readonly kind: 'in-segment'; readonly segmentId: string }
  | Call<'truth-call', boolean>;

/** A number: a finite double. */
export type Count =
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Count;
      readonly right: Count;
    }
  | { readonly kind: 'negated'; readonly of: Count }
  | { readonly kind: 'number-if'; readonly condition: Truth; readonly yes: Count; readonly no: Count }
  | { readonly kind: 'number-of-json'; readonly json: Json }
  | { readonly kind: 'profile-number'; readonly field: ProfileNumber }
  | { readonly kind: 'named-count'; readonly map: CountMap; readonly name: string }
  | { readonly kind: 'purchase-number'; readonly currency: string; readonly field: PurchaseNumber }
  | { readonly kind: 'days-since-event'; readonly event: string }
  | { readonly kind: 'days-since-time'; readonly time: Time }
  | Call<'number-call', number>;

export type Text =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'text-if'; readonly condition: Truth; readonly yes: Text; readonly no: Text }
  | { readonly kind: 'text-of-json'; readonly json: Json }
  | Call<'text-call', string>;

/** An instant, in epoch milliseconds. */
export type Time =
  | { readonly kind: 'time'; readonly value: number }
  | { readonly kind: 'time-of-json'; readonly json: Json }
  | { readonly kind: 'profile-time'; readonly field: ProfileTime }
  | { readonly kind: 'purchase-time'; readonly currency: string; readonly field: 'first' | 'last' }
  | Call<'time-call', number>;

/** A call of a function that has a meaning of its own: `rule-functions.ts` lists them, and nothing else needs to know which. */
export interface Call<Kind extends string, Value> {
  readonly kind: Kind;
  /** The arguments that are expressions. */
  readonly parts: readonly Expression[];
  readonly live: Reader<Value>;
  /** The same over a row of `v_customers`; NULL where the live value is unknown. */
  readonly sql: (writer: SqlWriter) => string;
  /** Names that customers' profiles must keep for it. */
  readonly asks?: readonly (readonly [NameKind, string])[];
  /** Days, counted from 1970-01-01 in UTC, on which its value may change while its parts do not and nothing happens; past ones may be among them. */
  readonly changes?: (facts: RuleFacts) => readonly number[];
}

/** A value in a JSON document, of a type that is known only when it is read. `path` has at least one name. */
export interface Json {
  readonly kind: 'json';
  readonly document: JsonDocument;
  readonly path: readonly [string, ...string[]];
}

export type JsonDocument = 'traits' | 'personal' | 'context' | 'offer';
export type ProfileNumber = 'sessions' | 'interactions' | 'orders';
export type ProfileTime = 'firstSeen' | 'lastSeen' | 'firstPurchase' | 'lastPurchase';
export type PurchaseNumber = 'orders' | 'grossMinor' | 'refundedMinor' | 'netMinor';
export type CountMap = 'types' | 'touchpoints' | 'channels' | 'campaigns' | 'products' | 'categories';

/** Longest window of `count_since` and `sum_since`, and how far `days_since` an event looks back: profiles keep 92 days. */
export const mostDays = 90;
