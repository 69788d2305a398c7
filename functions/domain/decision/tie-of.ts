import { hash32 } from '#domain/text/stable-hash.ts';

/** What the chance of a treatment in a decision is drawn from: ties, and P. */
export const seedOf = (decisionId: string, treatmentId: string) => `${decisionId} ${treatmentId}`;

/** A number in [0, 1) that settles ties, the higher one first: different in every decision, the same whenever it is made again. */
export function tieOf(seed: string): number {
  return hash32(seed) / 2 ** 32;
}
