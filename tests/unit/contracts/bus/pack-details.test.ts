import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { largestDetailBytes, packDetails } from '#contracts/bus/pack-details.ts';

const bytesOf = (text: string) => Buffer.byteLength(JSON.stringify(text));
const detailBytes = (overhead: number, run: readonly string[]) => overhead - 2 + Buffer.byteLength(JSON.stringify(run));

describe('packing', () => {
  test('of nothing gives no run', () => {
    expect(packDetails([], 100, bytesOf)).toEqual([]);
  });

  test('keeps order, loses nothing, and never passes the limit', () => {
    const element = fc.tuple(fc.constantFrom('x', 'ü', '"'), fc.integer({ min: 0, max: 20_000 }));
    fc.assert(
      fc.property(fc.array(element, { maxLength: 40 }), fc.integer({ min: 2, max: 1000 }), (seeds, overhead) => {
        const elements = seeds.map(([character, count]) => character.repeat(count));
        const runs = packDetails(elements, overhead, bytesOf);
        expect(runs.flat()).toEqual(elements);
        for (const run of runs) {
          expect(run.length).toBeGreaterThan(0);
          expect(detailBytes(overhead, run)).toBeLessThanOrEqual(largestDetailBytes);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('opens a new run only when the next element would not fit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 30 }), (sizes) => {
        const runs = packDetails(
          sizes.map((size) => 'x'.repeat(size)),
          100,
          bytesOf,
        );
        for (const [index, run] of runs.slice(1).entries()) {
          const together = [...(runs[index] ?? []), run[0] ?? ''];
          // One byte of slack: each element is counted with a comma, the last has none.
          expect(detailBytes(100, together) + 1).toBeGreaterThan(largestDetailBytes);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('counts the commas between many small elements', () => {
    const elements = Array<string>(50_000).fill('x');
    for (const run of packDetails(elements, 100, bytesOf)) {
      expect(detailBytes(100, run)).toBeLessThanOrEqual(largestDetailBytes);
    }
  });

  test('gives an element larger than an entry a run of its own', () => {
    const large = 'x'.repeat(largestDetailBytes);
    expect(packDetails(['a', large, 'b'], 100, bytesOf)).toEqual([['a'], [large], ['b']]);
  });
});
