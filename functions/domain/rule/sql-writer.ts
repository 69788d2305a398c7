import type { Count, Json, Text, Time, Truth } from './expression.ts';

/** Writes parts of a rule in SQL; what a call's own SQL is made with. */
export interface SqlWriter {
  /** The time of asking, in epoch milliseconds. */
  readonly nowMs: number;
  truth(expression: Truth): string;
  number(expression: Count): string;
  text(expression: Text): string;
  time(expression: Time): string;
  /** JSON text of the value; NULL or `null` when there is none. */
  json(json: Json): string;
}
