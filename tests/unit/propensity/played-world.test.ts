import { describe, expect, test } from 'vitest';
import { type ExpectedAndTrue, type PlayedWorld, playedWorld } from '#support/propensity/played-world.ts';
import { sizeOf } from '#support/size-of.ts';

const world: PlayedWorld = {
  seed: 1,
  guests: 120,
  days: 22,
  tellsPresented: true,
  rate: 0.18,
  lateYeses: 0.2,
  latestDays: 4,
  noes: 0.05,
  shownUntilDay: 22,
  countedFromDay: 1,
};
const worlds = [1, 2, 3];

const inWords = (rows: readonly ExpectedAndTrue[]) =>
  rows.map((row) => `${row.of} ${row.expected.toFixed(3)} of ${row.true.toFixed(3)}`).join(', ');

test.each([0, 0.2, 0.5])(
  '120 guests of 22 days are expected to say yes as often as they do, when of their yeses this part comes days late: %d',
  async (lateYeses) => {
    for (const seed of worlds) {
      const rows = await playedWorld({ ...world, seed, lateYeses });
      console.log(`late ${lateYeses}, seed ${seed}: ${inWords(rows)}`);
      for (const row of rows) {
        expect(Math.abs(row.expected - row.true)).toBeLessThan(row.of === 'all' ? 0.03 : 0.06);
      }
    }
  },
);

/** Other worlds, and how near to the truth what is expected in them is. */
const others: readonly [string, number, Partial<PlayedWorld>][] = [
  ['two in a hundred say yes', 0.03, { rate: 0.02 }],
  ['two in a hundred say yes, and half of them days late', 0.03, { rate: 0.02, lateYeses: 0.5 }],
  ['every second says yes', 0.03, { rate: 0.5 }],
  ['every second says yes, half of them days late', 0.05, { rate: 0.5, lateYeses: 0.5 }],
  ['nothing is shown for ten days', 0.05, { shownUntilDay: 12, countedFromDay: 12 }],
  // The limit: silence that was expected says little, so that yeses which all come weeks after it weigh too much. They used to
  // run away, to .9 and .76.
  [
    'all yeses come up to three weeks late',
    0.2,
    { lateYeses: 1, latestDays: 21, days: 50, shownUntilDay: 22, countedFromDay: 25 },
  ],
  [
    'nothing is shown any more while yeses still come',
    0.2,
    { lateYeses: 0.8, latestDays: 20, days: 40, shownUntilDay: 15, countedFromDay: 35 },
  ],
];

describe.each(others)('when %s', (name, within, other) => {
  test.each(sizeOf({ part: worlds.slice(0, 1), whole: worlds }))(
    'what is expected is near the truth: world %i',
    async (seed) => {
      const [all] = await playedWorld({ ...world, ...other, seed });
      console.log(`${name}, seed ${seed}: ${inWords(all === undefined ? [] : [all])}`);
      expect(Math.abs((all?.expected ?? 1) - (all?.true ?? 0))).toBeLessThan(within);
    },
  );
});

test('where nobody tells what was presented, answers are all that models know', async () => {
  const [all] = await playedWorld({ ...world, tellsPresented: false });
  console.log(`presented is never told: ${inWords(all === undefined ? [] : [all])}`);
  expect(all?.expected).toBeGreaterThan(0.5);
});
