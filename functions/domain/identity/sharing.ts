import { byCodeUnit } from '#domain/text/bounded-map.ts';
import { type IdentifierRules, rulesOfKey } from './identifier-rules.ts';
import { type Cut, type IdentityGraph, type Link, lastSeenIn } from './identity-graph.ts';
import { sightPeriodDays } from './sight-period.ts';

/** What so many people have had that not all of their links can join. */
export interface Sharing {
  /** Identifiers that name no single person now. */
  readonly shared: ReadonlySet<string>;
  /** Links of one that had too many, from before those that it is seen with now: they join nobody. */
  readonly past: ReadonlySet<Link>;
  /** Links that say nothing more of either, and need not be kept. */
  readonly spare: ReadonlySet<Link>;
}

/**
 * Which identifiers are shared: those seen with more than `sharedAbove` distinct ones of higher priority within the `sharedDays`
 * before they were last seen with any, as a kiosk's device is with its users. One that ever had so many belongs to whom it was
 * seen with in that time, so that being shared ends: the family has gone, and the address is somebody's again. What a person's cut
 * says is not one's counts for neither. Links to shared identifiers count too, so that it does not matter which was found out first.
 *
 * The clock is the identifier's own last sight: what comes of the same links is the same, whenever it is asked. Of one that had too
 * many the `sharedAbove` + 1 seen last say all of this, whatever else is forgotten: if fewer of them count, so do fewer of all.
 * Of an identifier of elsewhere only what its cluster says is known.
 */
export function sharingIn({ members, links, cuts, shared: known }: IdentityGraph, rules: IdentifierRules): Sharing {
  const shared = new Set([...known].filter((key) => !members.has(key)));
  const [past, spare] = [new Set<Link>(), new Set<Link>()];
  const isCut = cutTest(cuts);
  for (const [key, ends] of Map.groupBy(links, (link) => lowerEnd(link, rules))) {
    if (key === undefined || !members.has(key)) continue;
    const { sharedAbove, sharedDays } = rulesOfKey(key, rules);
    if (sharedAbove === null || ends.length <= sharedAbove) continue;
    const sights = ends.filter((link) => !isCut(link));
    const latest = Math.max(...sights.map(lastSeenIn));
    // All of its period is within the days before any time of the latest.
    const isPast = (link: Link) => (latest - lastSeenIn(link) + 1) * sightPeriodDays > sharedDays;
    if (sights.filter((link) => !isPast(link)).length > sharedAbove) shared.add(key);
    for (const link of ends) if (isPast(link)) past.add(link);
    const byUse = [...ends].sort((a, b) => Number(isCut(a)) - Number(isCut(b)) || latestFirst(a, b));
    for (const link of byUse.slice(sharedAbove + 1)) spare.add(link);
  }
  return { shared, past, spare };
}

/** The end of a link that may be shared by others like the other one; between equals there is none. */
export function lowerEnd({ a, b }: Link, rules: IdentifierRules): string | undefined {
  const [one, other] = [rulesOfKey(a, rules).priority, rulesOfKey(b, rules).priority];
  return one === other ? undefined : one < other ? a : b;
}

/** Of those seen in one period what was recorded first goes first: while enough is known of a period, nothing is written of it. */
function latestFirst(a: Link, b: Link): number {
  return lastSeenIn(b) - lastSeenIn(a) || a.recordedMs - b.recordedMs || byCodeUnit(a.a, b.a) || byCodeUnit(a.b, b.b);
}

/** Whether a cut has the ends of a link on its two sides. */
function cutTest(cuts: readonly Cut[]): (link: Link) => boolean {
  const sides = cuts.map(({ left, right }) => ({ left: new Set(left), right: new Set(right) }));
  return ({ a, b }) => sides.some(({ left, right }) => (left.has(a) && right.has(b)) || (left.has(b) && right.has(a)));
}
