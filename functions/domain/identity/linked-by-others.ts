import { partsOfKey } from './identifier-key.ts';
import type { IdentifierRules } from './identifier-rules.ts';

/**
 * Whether an interaction of another persona can carry this identifier and make them one customer. A type above all others
 * is always primary; of one of which a customer has one, two in an interaction stay apart.
 */
export function canBeLinkedByOthers(key: string, rules: IdentifierRules): boolean {
  const { type } = partsOfKey(key);
  const own = rules.get(type);
  if (own === undefined || own.most !== 1) return true;
  return [...rules].some(([name, { priority }]) => name !== type && priority >= own.priority);
}
