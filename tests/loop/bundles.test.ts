import { expect, inject, test } from 'vitest';
import { largestGzipKilobytes, weighBundles } from '#scripts/bench/bundles.ts';

test('deploys no function whose code is over 300 KB gzipped', () => {
  const bundles = weighBundles(inject('assembly'));
  expect(bundles.length).toBeGreaterThan(0);
  expect(bundles.filter(({ gzipKilobytes }) => gzipKilobytes > largestGzipKilobytes)).toEqual([]);
});
