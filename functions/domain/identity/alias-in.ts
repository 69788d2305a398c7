import type { Interaction } from '#domain/interaction/interaction.ts';
import { partsOfKey } from './identifier-key.ts';

/**
 * Whether an interaction is an alias of its primary identifier and another: then both are of one type, as ids of one account. The
 * other reading of the id that it gives up, as one of a browser, is a link like any.
 */
export function isAliasIn(
  { type, identifiers: [primary] = [] }: Pick<Interaction, 'type' | 'identifiers'>,
  key: string,
): boolean {
  return type === 'alias' && primary !== undefined && partsOfKey(primary.key).type === partsOfKey(key).type;
}
