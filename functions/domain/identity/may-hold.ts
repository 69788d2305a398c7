import { isOwnKey } from '#domain/interaction/standing.ts';
import type { Cluster } from './cluster.ts';
import { mostHeld } from './joining-claims.ts';
import type { Word } from './word.ts';

/**
 * Whether a claim is to stand in one cluster with its claimant: it is the first word about what it claims, and its claimant does
 * not hold more already than joins anybody. What is not so now will never be: words only become earlier.
 */
export function mayHold(
  claim: Word & { readonly by: string },
  first: Word | undefined,
  firstOfClaimant: Word | undefined,
  claimantCluster: Pick<Cluster, 'members'> | undefined,
): boolean {
  if (first?.by !== claim.by) return false;
  if (!isOwnKey(claim.by) && (firstOfClaimant?.by !== claim.by || firstOfClaimant.atMs !== first.atMs)) return false;
  const held = [...(claimantCluster?.members.values() ?? [])].filter(({ words }) => words?.[0]?.by === claim.by);
  return held.length <= mostHeld;
}
