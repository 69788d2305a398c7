import * as z from 'zod';
import { measuringArms } from './arms.ts';
import type { Strategy } from './strategy.ts';

/** What is dealt out to arms: a customer has one of so many places under a salt, and a share is kept to a billionth. */
export const allPlaces = 1_000_000_000;

const Span = z.tuple([z.int().min(0), z.int().max(allPlaces)]);
/** Places from the first on, up to the second without it. */
type Span = z.infer<typeof Span>;

/** The places of one arm, in the order in which it got them: it gives the newest back first. */
export const ArmPlaces = z.object({ arm: z.string(), spans: z.array(Span) });
export type ArmPlaces = z.infer<typeof ArmPlaces>;

/**
 * Which arm has which places once a strategy has these shares, given who had which `before`; what nobody has is the
 * champion's. An arm that shrinks gives its newest places to the champion; one that grows takes the champion's, and only when
 * those do not suffice what others give up in the same change. A challenger that is new takes over the places of one that
 * is gone. So no change of an arm moves anybody between two others. There is no rule without memory that does that for three
 * arms of any shares: A's places at a share of a, and both B's and C's at 1 − a, would have to be all there are.
 */
export function placesAfter(before: readonly ArmPlaces[], strategy: Strategy): readonly ArmPlaces[] {
  const wanted = sizesOf(strategy);
  const names = new Set(wanted.map(({ arm }) => arm));
  const had = new Map(before.map(({ arm, spans }) => [arm, spans]));
  const gone = before.filter(({ arm }) => !names.has(arm));
  const kept = wanted.map(({ arm, size }) => {
    const spans = had.get(arm) ?? gone.shift()?.spans ?? [];
    return { arm, size, spans: firstOf(spans, size) };
  });
  let championsBefore = complement(before.flatMap(({ spans }) => spans));
  let free = complement(kept.flatMap(({ spans }) => spans));
  return kept.map(({ arm, size, spans }) => {
    const first = taken(championsBefore, size - sizeOf(spans), spans.at(-1)?.[1]);
    const rest = without(free, first);
    const second = taken(rest, size - sizeOf(spans) - sizeOf(first), undefined);
    championsBefore = without(championsBefore, first);
    free = without(rest, second);
    return { arm, spans: joined([...spans, ...first, ...second]) };
  });
}

/** The arm that has a place; undefined for the champion's. */
export function armAt(places: readonly ArmPlaces[], place: number): string | undefined {
  return places.find(({ spans }) => spans.some(([from, to]) => from <= place && place < to))?.arm;
}

/** What every arm but the champion is to have. Its share may exceed what is left by a rounding of the sum. */
function sizesOf({ holdoutShare, measuringShares, challengers }: Strategy) {
  const shares = [
    { arm: 'holdout', share: holdoutShare },
    ...measuringArms.map((arm) => ({ arm, share: measuringShares[arm] })),
    ...challengers.map(({ name, share }) => ({ arm: name, share })),
  ];
  let left = allPlaces;
  return shares.map(({ arm, share }) => {
    // 0.29 · 10^9 comes out a little less than it is.
    const size = Math.min(Math.floor(share * allPlaces + 0.001), left);
    left -= size;
    return { arm, size };
  });
}

const sizeOf = (spans: readonly Span[]) => spans.reduce((sum, [from, to]) => sum + to - from, 0);

/** So many places of spans, from the first on. */
function firstOf(spans: readonly Span[], size: number): Span[] {
  let left = size;
  return spans.flatMap(([from, to]): Span[] => {
    const end = Math.min(to, from + left);
    left -= Math.max(0, end - from);
    return end > from ? [[from, end]] : [];
  });
}

/** So many places, or all there are: first those that go on where the arm's last ones end, then out of the largest spans. */
function taken(free: readonly Span[], size: number, end: number | undefined): Span[] {
  const following = free.filter(([from]) => from === end);
  const others = free.filter(([from]) => from !== end).sort((a, b) => b[1] - b[0] - (a[1] - a[0]) || a[0] - b[0]);
  return firstOf([...following, ...others], size);
}

/** All places that are in none of the spans, in order. */
function complement(spans: readonly Span[]): Span[] {
  return without([[0, allPlaces]], spans);
}

/** Spans without the places of others, in the order in which they were. */
function without(spans: readonly Span[], removed: readonly Span[]): Span[] {
  let left = [...spans];
  for (const [from, to] of removed) {
    left = left.flatMap(([start, end]): Span[] => {
      const parts: Span[] = [
        [start, Math.min(end, from)],
        [Math.max(start, to), end],
      ];
      return parts.filter((part) => part[0] < part[1]);
    });
  }
  return left;
}

/** Spans of which one begins where the one before it ends are one. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const [from, to] of spans) {
    const last = result.at(-1);
    if (last?.[1] === from) last[1] = to;
    else result.push([from, to]);
  }
  return result;
}
