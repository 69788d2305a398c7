import { hash32 } from '#domain/profile/stable-hash.ts';

/** A number in [0, 1) that settles ties, the higher one first: different in every decision, the same whenever it is made again. */
export function tieOf(decisionId: string, treatmentId: string): number {
  return hash32(`${decisionId} ${treatmentId}`) / 2 ** 32;
}
