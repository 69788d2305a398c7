import type { Interaction } from '#domain/interaction/interaction.ts';
import { isOwnKey } from '#domain/interaction/standing.ts';
import { partsOfKey } from './identifier-key.ts';

/**
 * Whether an interaction says by an alias that its primary identifier and another are one: a former id of the account, or what it
 * gives up read as a browser's.
 */
export function isAliasIn(
  { type, identifiers: [primary] = [] }: Pick<Interaction, 'type' | 'identifiers'>,
  key: string,
): boolean {
  if (type !== 'alias' || primary === undefined) return false;
  return isOwnKey(key) || partsOfKey(primary.key).type === partsOfKey(key).type;
}
