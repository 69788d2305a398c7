import type { ASTNode } from '@marcbachmann/cel-js';
import { isoCurrencies } from '#domain/vocabulary/iso-currencies.ts';
import { mostDays } from './expression.ts';
import { checkedName } from './read-reference.ts';
import { RuleFaultError, type SourceRange } from './rule-fault.ts';

/** The one argument of a call. Throws a fault with the example. */
export function only(args: readonly ASTNode[], call: SourceRange, example: string): ASTNode {
  const [first, ...more] = args;
  if (first === undefined || more.length > 0) throw usage(example, call);
  return first;
}

/** The two arguments of a call. Throws a fault with the example. */
export function both(args: readonly ASTNode[], call: SourceRange, example: string): readonly [ASTNode, ASTNode] {
  const [first, second, ...more] = args;
  if (first === undefined || second === undefined || more.length > 0) throw usage(example, call);
  return [first, second];
}

/** That a call has too few or too many arguments. */
export function usage(example: string, call: SourceRange): RuleFaultError {
  return new RuleFaultError(`Expected other arguments, as in ${example}`, call);
}

/** A name in quotes. Throws a fault for anything else, as those below do. */
export function name(node: ASTNode): string {
  if (node.op !== 'value' || typeof node.args !== 'string') throw new RuleFaultError('Expected a text in quotes', node);
  return checkedName({ text: node.args, start: node.start, end: node.end });
}

/** A number of days that profiles remember. */
export function wholeDays(node: ASTNode): number {
  const days = node.op === 'value' && typeof node.args === 'bigint' ? Number(node.args) : 0;
  if (days >= 1 && days <= mostDays) return days;
  throw new RuleFaultError(`Expected a whole number of days from 1 to ${mostDays}`, node);
}

export function currencyCode(node: ASTNode): string {
  if (node.op === 'value' && typeof node.args === 'string' && isoCurrencies.has(node.args)) return node.args;
  throw new RuleFaultError('Expected a currency of ISO 4217, as "EUR"', node);
}
