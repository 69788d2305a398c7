import { expect, test } from 'vitest';
import { type ExpectedAndTrue, playedWorld } from '#support/propensity/played-world.ts';

const world = { seed: 1, guests: 120, days: 22, tellsPresented: true, lateYeses: 0.2, noes: 0.05 };
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

test('where nobody tells what was presented, answers are all that models know', async () => {
  const [all] = await playedWorld({ ...world, tellsPresented: false });
  console.log(`presented is never told: ${inWords(all === undefined ? [] : [all])}`);
  expect(all?.expected).toBeGreaterThan(0.5);
});
