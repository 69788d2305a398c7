import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ArmPlaces, allPlaces, armAt, placesAfter } from '#domain/strategy/arm-places.ts';
import { measuringArms } from '#domain/strategy/arms.ts';
import { Strategy } from '#domain/strategy/strategy.ts';
import { strategy as strategyItem } from '#support/builders/catalogue-items.ts';

const fixedArms = ['holdout', ...measuringArms];
const names = Array.from({ length: 10 }, (_, index) => `arm-${index}`);

type Shares = Readonly<Record<string, number>>;

function strategyOf(shares: Shares, order = Object.keys(shares)): Strategy {
  const challengers = order.filter((arm) => !fixedArms.includes(arm));
  return Strategy.parse(
    strategyItem({
      holdoutShare: shares.holdout ?? 0,
      measuringShares: Object.fromEntries(measuringArms.map((arm) => [arm, shares[arm] ?? 0])),
      challengers: challengers.map((name) => ({ name, share: shares[name] })),
    }),
  );
}

/** Shares of the fixed arms and some challengers that add up to at most 1; close to it for some. */
const anyShares = (): fc.Arbitrary<Shares> =>
  fc
    .record({
      weights: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })), {
        minLength: 16,
        maxLength: 16,
      }),
      challengers: fc.integer({ min: 0, max: 10 }),
      all: fc.oneof(fc.constantFrom(0.3, 0.999_999, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    })
    .map(({ weights, challengers, all }) => {
      const arms = [...fixedArms, ...names.slice(0, challengers)];
      const sum = arms.reduce((total, _, index) => total + (weights[index] ?? 0), 0) || 1;
      return Object.fromEntries(arms.map((arm, index) => [arm, ((weights[index] ?? 0) / sum) * all]));
    });

/** Every run of places with whose it was and whose it is. */
function compared(before: readonly ArmPlaces[], after: readonly ArmPlaces[]) {
  const edges = [...before, ...after].flatMap(({ spans }) => spans.flat());
  const cuts = [...new Set([0, ...edges, allPlaces])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from) => ({
    was: armAt(before, from) ?? 'champion',
    is: armAt(after, from) ?? 'champion',
  }));
}

const moves = (before: readonly ArmPlaces[], after: readonly ArmPlaces[]) =>
  compared(before, after).filter(({ was, is }) => was !== is);

const sizeOf = (places: readonly ArmPlaces[], name: string) =>
  places.find(({ arm }) => arm === name)?.spans.reduce((sum, [from, to]) => sum + to - from, 0) ?? 0;

/** Places that came about by a few changes. */
const anyHistory = () =>
  fc.array(anyShares(), { minLength: 1, maxLength: 6 }).map((steps) => ({
    shares: steps.at(-1) ?? {},
    places: steps.reduce<readonly ArmPlaces[]>((places, shares) => placesAfter(places, strategyOf(shares)), []),
  }));

const runs = { numRuns: 500 };

describe('places of arms', () => {
  test('are as many as the shares say, to a billionth, and no place has two arms, after any changes', () => {
    fc.assert(
      fc.property(anyHistory(), ({ shares, places }) => {
        for (const [arm, share] of Object.entries(shares)) {
          expect(Math.abs(sizeOf(places, arm) - share * allPlaces)).toBeLessThanOrEqual(1);
        }
        const spans = places.flatMap((each) => each.spans).sort((a, b) => a[0] - b[0]);
        for (const [index, [from]] of spans.entries()) expect(from).toBeGreaterThanOrEqual(spans[index - 1]?.[1] ?? 0);
      }),
      runs,
    );
  });

  test('move between one arm and the champion only when that arm’s share changes, after any changes', () => {
    fc.assert(
      fc.property(anyHistory(), fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (history, pick, part) => {
        const arms = Object.keys(history.shares);
        const arm = arms[pick % arms.length] ?? '';
        const others = arms.filter((each) => each !== arm).reduce((sum, each) => sum + (history.shares[each] ?? 0), 0);
        const share = Math.max(0, (1 - others) * part);
        const after = placesAfter(history.places, strategyOf({ ...history.shares, [arm]: share }));
        const grows = sizeOf(after, arm) > sizeOf(history.places, arm);
        const expected = grows ? { was: 'champion', is: arm } : { was: arm, is: 'champion' };
        for (const move of moves(history.places, after)) expect(move).toMatchObject(expected);

        const back = placesAfter(after, strategyOf(history.shares));
        if (grows) expect(moves(history.places, back)).toEqual([]);
      }),
      runs,
    );
  });

  test('never both come to an arm and leave it, and go from arm to arm only when the champion has none left', () => {
    fc.assert(
      fc.property(anyHistory(), anyShares(), ({ places }, shares) => {
        const after = placesAfter(places, strategyOf(shares));
        const moved = moves(places, after);
        const left = new Set(moved.map(({ was }) => was));
        const entered = new Set(moved.map(({ is }) => is));
        const stays = (arm: string) => [places, after].every((each) => each.some((own) => own.arm === arm));
        expect([...left.intersection(entered)].filter(stays)).toEqual([]);
        if (moved.some(({ was, is }) => stays(was) && stays(is))) {
          expect(compared(places, after)).not.toContainEqual({ was: 'champion', is: 'champion' });
        }
      }),
      runs,
    );
  });

  test('stay when arms are listed in another order', () => {
    fc.assert(
      fc.property(
        anyHistory().chain((history) =>
          fc.tuple(
            fc.constant(history),
            fc.shuffledSubarray(Object.keys(history.shares), { minLength: Object.keys(history.shares).length }),
          ),
        ),
        ([{ places, shares }, order]) => {
          expect(moves(places, placesAfter(places, strategyOf(shares, order)))).toEqual([]);
        },
      ),
      runs,
    );
  });

  test('go to the champion when an arm is removed, and to the new name when it is renamed', () => {
    fc.assert(
      fc.property(anyHistory(), fc.nat(), ({ places, shares }, pick) => {
        const challengers = Object.keys(shares).filter((arm) => !fixedArms.includes(arm));
        const arm = challengers[pick % Math.max(1, challengers.length)];
        fc.pre(arm !== undefined);
        const { [arm]: share = 0, ...others } = shares;
        for (const move of moves(places, placesAfter(places, strategyOf(others)))) {
          expect(move).toMatchObject({ was: arm, is: 'champion' });
        }
        const renamed = placesAfter(places, strategyOf({ ...others, renamed: share }));
        for (const move of moves(places, renamed)) expect(move).toMatchObject({ was: arm, is: 'renamed' });
      }),
      runs,
    );
  });

  test('stay few spans after ten thousand changes', () => {
    const random = fc.sample(anyShares(), { numRuns: 10_000, seed: 7 });
    let places: readonly ArmPlaces[] = [];
    let most = 0;
    for (const shares of random) {
      places = placesAfter(places, strategyOf(shares));
      most = Math.max(most, places.flatMap(({ spans }) => spans).length);
    }
    expect(most).toBeLessThan(100);
  });

  test('lie end to end in a new strategy, as they did before they were kept', () => {
    const places = placesAfter([], strategyOf({ holdout: 0.1, 'no-levers': 0.05, a: 0.1, b: 0.29 }));
    expect(places.filter(({ spans }) => spans.length > 0)).toEqual([
      { arm: 'holdout', spans: [[0, 100_000_000]] },
      { arm: 'no-levers', spans: [[100_000_000, 150_000_000]] },
      { arm: 'a', spans: [[150_000_000, 250_000_000]] },
      { arm: 'b', spans: [[250_000_000, 540_000_000]] },
    ]);
  });
});
