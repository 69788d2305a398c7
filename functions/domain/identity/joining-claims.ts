import { isOwnKey } from '#domain/interaction/standing.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import { disjointGroups } from './disjoint-groups.ts';
import { type HeldClaim, heldClaims } from './held-claims.ts';
import { type IdentifierRules, rulesOfKey } from './identifier-rules.ts';
import { type IdentityGraph, isOfOneAccount } from './identity-graph.ts';
import { firstWord, type Word } from './word.ts';

/** A browser that is the first to claim more identifiers stands in a shop or a library: its claims join nobody. */
export const mostHeld = 10;

/**
 * The claims that may join what is proven, earliest arrival first. Nobody proved them, so they hold only where nobody else
 * can be meant: the claim was the first that was ever heard of the identifier, and of whatever leads those that are proven to
 * be one with it; and they give way as soon as any browser or device is proven to belong to these. Ids of one account are one
 * here, and the id that an alias gives up is no browser while it never was one: who renames an account parts nobody from it.
 */
export function joiningClaims(
  { members, links }: Pick<IdentityGraph, 'members' | 'links'>,
  provenGroups: readonly (readonly string[])[],
  rules: IdentifierRules,
): HeldClaim[] {
  const claims = heldClaims({ members });
  if (claims.length === 0) return [];
  const held = Map.groupBy(claims, ({ by }) => by);
  const groups = new Map(provenGroups.flatMap((keys) => keys.map((key) => [key, keys] as const)));
  const firstOf = (key: string) => members.get(key)?.words?.[0];
  const linked = new Set(links.filter(({ isAlias }) => !isAlias).flatMap(({ a, b }) => [a, b]));
  const isThere = (key: string) => linked.has(key) || members.get(key)?.firstMs !== undefined;
  const isProven = (key: string) => groups.get(key)?.some((each) => isOwnKey(each) && isThere(each)) ?? false;
  const firstOfAccount = firstWords({ members, links });

  function mayJoin({ by, key, atMs }: HeldClaim): boolean {
    if ((held.get(by)?.length ?? 0) > mostHeld || isProven(key)) return false;
    if (!isOwnKey(by)) {
      const own = firstOf(by);
      // Without a browser in it, an interaction joins what it was the first to tell of, and adds to nobody.
      if (own?.by !== by || own.atMs !== atMs || isProven(by)) return false;
    }
    return leadersOf(groups.get(key) ?? [key], rules).every((leader) => {
      const speaker = firstOfAccount(leader)?.by;
      return speaker !== undefined && groups.get(speaker) === groups.get(by);
    });
  }

  return claims
    .filter(mayJoin)
    .sort((one, other) => one.atMs - other.atMs || byCodeUnit(one.by, other.by) || byCodeUnit(one.key, other.key));
}

/** The first word about any id of a key's account. */
function firstWords({ members, links }: Pick<IdentityGraph, 'members' | 'links'>): (key: string) => Word | undefined {
  const accounts = disjointGroups({ members }, []);
  for (const { a, b } of links.filter(isOfOneAccount)) accounts.join(a, b);
  const words = new Map<string, Word | undefined>();
  for (const ids of accounts.groups()) {
    const first = ids.map((id) => members.get(id)?.words?.[0]).reduce<Word | undefined>(firstWord, undefined);
    for (const id of ids) words.set(id, first);
  }
  return (key) => words.get(key);
}

/** The keys of the highest priority. */
function leadersOf(keys: readonly string[], rules: IdentifierRules): string[] {
  const priorityOf = (key: string) => rulesOfKey(key, rules).priority;
  const highest = Math.max(...keys.map(priorityOf));
  return keys.filter((key) => priorityOf(key) === highest);
}
