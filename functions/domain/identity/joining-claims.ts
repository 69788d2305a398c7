import { byCodeUnit } from '#domain/profile/bounded-map.ts';
import { type HeldClaim, heldClaims } from './held-claims.ts';
import { type IdentifierRules, rulesOfKey } from './identifier-rules.ts';
import type { IdentityGraph } from './identity-graph.ts';
import { isOwnKey } from './words-of.ts';

/** A browser that is the first to claim more identifiers stands in a shop or a library: its claims join nobody. */
export const mostHeld = 10;

/**
 * The claims that may join what is proven, earliest arrival first. Nobody proved them, so they hold only where nobody else
 * can be meant: the claim was the first that was ever heard of the identifier, and of whatever leads those that are proven to
 * be one with it; and they give way as soon as any browser or device is proven to belong to these.
 */
export function joiningClaims(
  { members }: Pick<IdentityGraph, 'members'>,
  provenGroups: readonly (readonly string[])[],
  rules: IdentifierRules,
): HeldClaim[] {
  const claims = heldClaims({ members });
  const held = Map.groupBy(claims, ({ by }) => by);
  const groups = new Map(provenGroups.flatMap((keys) => keys.map((key) => [key, keys] as const)));
  const firstOf = (key: string) => members.get(key)?.words?.[0];
  const isProven = (key: string) => groups.get(key)?.some(isOwnKey) ?? false;

  function mayJoin({ by, key, atMs }: HeldClaim): boolean {
    if ((held.get(by)?.length ?? 0) > mostHeld || isProven(key)) return false;
    if (!isOwnKey(by)) {
      const own = firstOf(by);
      // Without a browser in it, an interaction joins what it was the first to tell of, and adds to nobody.
      if (own?.by !== by || own.atMs !== atMs || isProven(by)) return false;
    }
    return leadersOf(groups.get(key) ?? [key], rules).every((leader) => {
      const speaker = firstOf(leader)?.by;
      return speaker !== undefined && groups.get(speaker) === groups.get(by);
    });
  }

  return claims
    .filter(mayJoin)
    .sort((one, other) => one.atMs - other.atMs || byCodeUnit(one.by, other.by) || byCodeUnit(one.key, other.key));
}

/** The keys of the highest priority. */
function leadersOf(keys: readonly string[], rules: IdentifierRules): string[] {
  const priorityOf = (key: string) => rulesOfKey(key, rules).priority;
  const highest = Math.max(...keys.map(priorityOf));
  return keys.filter((key) => priorityOf(key) === highest);
}
