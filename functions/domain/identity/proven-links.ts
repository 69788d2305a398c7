import type { Interaction, KeyedIdentifier } from '#domain/interaction/interaction.ts';
import { isOwnKey } from '#domain/interaction/standing.ts';

/** What of an interaction says who is who. */
type Speaking = Pick<Interaction, 'standing' | 'identifiers'>;

/**
 * The identifiers that an interaction proves to be its primary one's too: all, when a trusted touchpoint tells it. A public key
 * proves only that whoever speaks knows several ids that belong to browsers and devices, which nobody else knows.
 */
export function provenLinks({ standing = 'trusted', identifiers = [] }: Speaking): readonly KeyedIdentifier[] {
  const [primary, ...others] = identifiers;
  if (primary === undefined || standing === 'trusted') return others;
  return isOwnKey(primary.key) ? others.filter(({ key }) => isOwnKey(key)) : [];
}
