import type { RuleFacts } from './rule-facts.ts';

/** Asks facts for a value; `undefined` is unknown. */
export type Reader<Value> = (facts: RuleFacts) => Value | undefined;
