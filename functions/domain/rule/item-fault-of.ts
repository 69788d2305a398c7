import type { ItemFault } from '#domain/vocabulary/item-fault.ts';
import type { RulePlace } from '#domain/vocabulary/rule-place.ts';
import type { RuleFault } from './rule-fault.ts';

/** A rule's fault as an item's: the line it is in, and marks below what is meant. */
export function itemFaultOf(
  { path, source }: Pick<RulePlace, 'path' | 'source'>,
  { message, line, column, length }: RuleFault,
): ItemFault {
  const text = source.split('\n')[line - 1] ?? '';
  // Tabs stay tabs, so that the marks stand where they belong.
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return { path: path.join('.'), message, line, column, length, shown: `${text}\n${indent}${'^'.repeat(length)}` };
}
