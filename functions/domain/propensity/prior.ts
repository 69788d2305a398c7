import type { Normal } from '#domain/mathematics/normal.ts';
import { expectedEffects } from './response-features.ts';

/** What is believed about each weight before its own data. */
export type Prior = (feature: number) => Normal;

/** Index of the weight that takes part in every score. Features have the indices 1 to 65,534. */
export const biasFeature = 0;
/** Index of the weight that stands alone for a customer of whom nothing is known: everybody's response rate. */
export const populationFeature = 65_535;

/** A response rate of 7 %, most likely between 0.6 % and 31 %. */
const anyRate: Normal = { mean: -1.5, variance: 1 };
/** One feature moves a rate of 7 % to some 12 %; forty together to anything. */
const anyEffect: Normal = { mean: 0, variance: 0.1 };

/**
 * The prior without any data. A customer's own past responses start with the effect that everybody expects, so that a new
 * treatment is less likely for who rejected it; data overrule it.
 */
export function basePrior(feature: number): Normal {
  if (feature === biasFeature || feature === populationFeature) return anyRate;
  return expected.get(feature) ?? anyEffect;
}

const expected: ReadonlyMap<number, Normal> = new Map(
  [...expectedEffects()].map(([feature, mean]) => [feature, { ...anyEffect, mean }]),
);
