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
  | { readonly kind: 'text-test'; readonly test: TextTest; readonly text: Text; readonly part: Text }
  | { readonly kind: 'has'; readonly of: Count | Text | Time | Json }
  | { readonly kind: 'in-segment'; readonly segmentId: string };

export type TextTest = 'contains' | 'startsWith' | 'endsWith';

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
  | { readonly kind: 'text-size'; readonly text: Text }
  | { readonly kind: 'json-size'; readonly json: Json }
  | { readonly kind: 'count-since'; readonly event: string; readonly days: number }
  | { readonly kind: 'sum-since'; readonly currency: string | undefined; readonly days: number }
  | { readonly kind: 'days-since-event'; readonly event: string }
  | { readonly kind: 'days-since-time'; readonly time: Time };

export type Text =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'text-if'; readonly condition: Truth; readonly yes: Text; readonly no: Text }
  | { readonly kind: 'text-of-json'; readonly json: Json }
  | { readonly kind: 'letters'; readonly letters: 'lower' | 'upper'; readonly text: Text };

/** An instant, in epoch milliseconds. */
export type Time =
  | { readonly kind: 'time'; readonly value: number }
  | { readonly kind: 'time-of-json'; readonly json: Json }
  | { readonly kind: 'profile-time'; readonly field: ProfileTime }
  | { readonly kind: 'purchase-time'; readonly currency: string; readonly field: 'first' | 'last' };

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
