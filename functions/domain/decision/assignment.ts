import { type ArmPlaces, allPlaces, armAt } from '#domain/strategy/arm-places.ts';
import { type MeasuringArm, measuringArms } from '#domain/strategy/arms.ts';
import type { Strategy } from '#domain/strategy/strategy.ts';
import { type Arbitration, Variant } from '#domain/strategy/variant.ts';

/** How the eligible are ordered: by the score, by P alone, or by lot. */
export const orderings = ['score', 'propensity', 'lot'] as const;
export type Ordering = (typeof orderings)[number];

/** The arm that a customer is in at a placement, and how it decides. */
export interface Assignment {
  readonly strategyId: string | null;
  readonly arm: string;
  readonly variant: Variant;
  readonly arbitration: Arbitration;
  readonly order: Ordering;
  readonly heldOut: boolean;
  /** Whether only `eligible` rules are asked, not `applicable` and `suitable` ones. */
  readonly eligibleOnly: boolean;
}

/** Deals a customer to the arm that has its place; `fraction` in [0, 1) says which that is. */
export function assign(strategy: Strategy, places: readonly ArmPlaces[], fraction: number): Assignment {
  const arm = armAt(places, Math.floor(fraction * allPlaces));
  if (arm === 'holdout') return { ...plain(strategy, strategy.champion, arm), heldOut: true };
  const measuring = measuringArms.find((name) => name === arm);
  if (measuring !== undefined) return measured(strategy, measuring);
  const challenger = strategy.challengers.find(({ name }) => name === arm);
  return challenger === undefined ? championOf(strategy) : plain(strategy, challenger, challenger.name);
}

/** How everybody is decided for who is in no other arm. */
export function championOf(strategy: Strategy): Assignment {
  return plain(strategy, strategy.champion, 'champion');
}

/** How it is decided where no strategy is in charge: the whole formula, as a champion without a name. */
export const noStrategy: Assignment = plain(undefined, Variant.parse({ name: 'default' }), 'champion');

/** A SHA-256 in hex as a number in [0, 1): the upper 53 bits of its first 8 bytes over 2^53, which a double holds exactly. */
export function fractionOfHash(hex: string): number {
  return Number(BigInt(`0x${hex.slice(0, 16)}`) >> 11n) / 2 ** 53;
}

function plain(strategy: Strategy | undefined, variant: Variant, arm: string): Assignment {
  const { arbitration } = variant;
  const strategyId = strategy?.strategyId ?? null;
  return { strategyId, arm, variant, arbitration, order: 'score', heldOut: false, eligibleOnly: false };
}

/** The champion without the part that the arm measures. */
function measured(strategy: Strategy, arm: MeasuringArm): Assignment {
  const champion = { ...championOf(strategy), arm };
  const { arbitration } = champion;
  switch (arm) {
    case 'random-eligible':
      return { ...champion, order: 'lot' };
    case 'propensity-only':
      return { ...champion, arbitration: { ...arbitration, usePropensity: true }, order: 'propensity' };
    case 'no-levers':
      return { ...champion, arbitration: { ...arbitration, useLevers: false } };
    case 'eligibility-only':
      return { ...champion, eligibleOnly: true };
    case 'no-treatment':
      return { ...champion, heldOut: true };
  }
}
