import { describe, expect, test } from 'vitest';
import { philox } from '#domain/mathematics/philox.ts';
import { probability } from '#domain/propensity/propensity-model.ts';
import { explorationDeviation, sampled, uniform } from '#domain/propensity/thompson.ts';

const seeds = Array.from({ length: 20_000 }, (_, index) => `019a-${index}|summer-sale`);

describe('philox', () => {
  test.each<[[number, number], number, [number, number]]>([
    [[0x00000000, 0x00000000], 0x00000000, [0xff1dae59, 0x6cd10df2]],
    [[0xffffffff, 0xffffffff], 0xffffffff, [0x2c3f628b, 0xab4fd7ad]],
    [[0x243f6a88, 0x85a308d3], 0x13198a2e, [0xdd7ce038, 0xf62a4c12]],
  ])('gives the known answers of Random123 (%j)', (counter, key, words) => {
    expect(philox(counter, key)).toEqual(words);
  });
});

describe('a Thompson draw', () => {
  test('is the same for ever', () => {
    expect(sampled({ mean: -1.2, variance: 0.3 }, '0199e3f0-0000-7000-8000-000000000001|summer-sale')).toBe(
      0.149_196_459_226_073_77,
    );
  });

  test('is uniform over seeds that differ in a character', () => {
    const draws = seeds.map(uniform);
    const counts = Array.from({ length: 20 }, (_, bin) => draws.filter((draw) => Math.floor(draw * 20) === bin).length);
    // Chi-square with 19 degrees of freedom: above 43.8 once in a thousand.
    expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(43.8);
    expect(new Set(draws).size).toBe(draws.length);
  });

  test('has the posterior’s probability as its mean when the exploration is as wide as the posterior', () => {
    const posterior = { mean: -1, variance: 0.8 };
    const width = explorationDeviation(posterior) ** 2;
    const mean = seeds.reduce((sum, seed) => sum + sampled(posterior, seed), 0) / seeds.length;
    expect(mean).toBeCloseTo(probability({ mean: -1, variance: width }), 2);
  });

  test('does not vary where nothing is uncertain', () => {
    expect(sampled({ mean: 0, variance: 0 }, 'a')).toBe(0.5);
  });
});
