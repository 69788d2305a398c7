import { expect, test } from 'vitest';
import { launch } from '#support/propensity/launch-world.ts';

const seeds = [1, 2, 3, 4, 5, 6];
const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

test.each([
  ['better than all others', 0.3],
  ['like its kin', 0],
  ['worse than all others', -0.3],
])(
  'a new treatment that is %s costs a tenth of what an oracle earns at most in its first 2,000 impressions',
  (what, lead) => {
    const runs = seeds.map((seed) => launch({ seed, impressions: 2000, lead }));
    const alone = seeds.slice(0, 2).map((seed) => launch({ seed, impressions: 2000, lead, kinHelps: false }));
    const shares = runs.map(({ ofOracle }) => ofOracle);
    process.stdout.write(
      `launch, ${what}: ${(100 * mean(shares)).toFixed(1)} % of the oracle's (${seeds.length} worlds; worst ` +
        `${(100 * Math.min(...shares)).toFixed(1)} %), shown in ${(100 * mean(runs.map(({ newcomerShare }) => newcomerShare))).toFixed(0)} %; ` +
        `without kin ${(100 * mean(alone.map(({ ofOracle }) => ofOracle))).toFixed(1)} % (2 worlds)\n`,
    );
    expect(mean(shares)).toBeGreaterThanOrEqual(0.9);
  },
  60_000,
);
