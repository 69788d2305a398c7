import { numberReader, truthReader } from './evaluator.ts';
import type { Count, Truth } from './expression.ts';
import { toCount, toTruth } from './expression-type.ts';
import { parseRule } from './parse-rule.ts';
import { readExpression } from './read-expression.ts';
import type { RuleFacts } from './rule-facts.ts';
import { faultAt, type RuleFault, RuleFaultError } from './rule-fault.ts';

/** A rule, ready to be asked. Its time is bounded by its size: nothing in it repeats. */
export interface Rule {
  readonly source: string;
  readonly expression: Truth;
  /** Whether the rule is true of the facts; false when what it needs is missing. */
  test(facts: RuleFacts): boolean;
}

/** A value expression, ready to be asked. */
export interface RuleValue {
  readonly source: string;
  readonly expression: Count;
  /** The number, which is finite; `undefined` when what it needs is missing. */
  of(facts: RuleFacts): number | undefined;
}

export type CompiledRule = { readonly kind: 'rule'; readonly rule: Rule } | InvalidRule;
export type CompiledValue = { readonly kind: 'value'; readonly value: RuleValue } | InvalidRule;

export interface InvalidRule {
  readonly kind: 'invalid';
  /** At least one, the first found first. */
  readonly faults: readonly RuleFault[];
}

/** Reads and type-checks a rule: CEL that is true or false of a customer, a context and an offer. */
export function compileRule(source: string): CompiledRule {
  return faultsOr(source, () => {
    const ast = parseRule(source);
    const expression = toTruth(readExpression(ast), ast);
    const ask = truthReader(expression);
    return { kind: 'rule', rule: { source, expression, test: (facts) => ask(facts) === true } };
  });
}

/** Reads and type-checks a value expression: CEL that gives a number. */
export function compileValue(source: string): CompiledValue {
  return faultsOr(source, () => {
    const ast = parseRule(source);
    const expression = toCount(readExpression(ast), ast);
    return { kind: 'value', value: { source, expression, of: numberReader(expression) } };
  });
}

function faultsOr<Compiled>(source: string, compile: () => Compiled): Compiled | InvalidRule {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof RuleFaultError)) throw error;
    return { kind: 'invalid', faults: [faultAt(source, error.message, error.range)] };
  }
}
