import { expect, test } from 'vitest';
import { type Launch, launch } from '#support/propensity/launch-world.ts';
import { sizeOf } from '#support/size-of.ts';

const seeds = sizeOf({ part: [1, 2], whole: [1, 2, 3, 4, 5, 6] });
const impressions = 2000;
/** Better than all others, on the scale of the latent score. */
const farAhead = 0.3;
const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

test.each([
  ['better than all others', farAhead],
  ['like its kin', 0],
  ['worse than all others', -farAhead],
])(
  'a new treatment that is %s costs a tenth of what an oracle earns at most in its first 2,000 impressions',
  (what, lead) => {
    const runs = seeds.map((seed) => launch({ seed, impressions, lead }));
    const shares = runs.map(({ ofOracle }) => ofOracle);
    process.stdout.write(
      `launch, ${what}: ${percent(mean(shares))} of the oracle's (${seeds.length} worlds; worst ${percent(Math.min(...shares))}), ` +
        `shown in ${percent(mean(runs.map(({ newcomerShare }) => newcomerShare)))}\n`,
    );
    expect(mean(shares)).toBeGreaterThanOrEqual(0.9);
  },
  60_000,
);

test('a new treatment that is better than all others earns more when its kin speak for it, in the same worlds', () => {
  const inWorlds = (how: Partial<Launch>) =>
    mean(
      seeds.slice(0, 2).map((seed) => {
        const { ofOracle } = launch({ seed, impressions, lead: farAhead, ...how });
        return ofOracle;
      }),
    );
  const [helped, alone] = [inWorlds({}), inWorlds({ kinHelps: false })];
  process.stdout.write(`launch, better than all others: ${percent(helped)} with kin, ${percent(alone)} without\n`);
  expect(helped).toBeGreaterThan(alone + 0.03);
}, 60_000);
