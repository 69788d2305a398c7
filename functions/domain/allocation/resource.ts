import { AllocationProblemError } from './allocation-problem-error.ts';

/** What there is of each budget and each channel's capacity, by name, in its own unit. */
export type Limits = Readonly<Record<string, number>>;

/** A limit as it is counted: in ticks, for sums of fractions depend on their order. */
export interface Resource {
  readonly name: string;
  readonly limit: number;
  /** The limit in ticks, rounded down: from 10^11 to 10^12 of them, so that what options use is told to eleven digits of it. */
  readonly ticks: number;
  /** Ticks a unit, or units a tick: a power of ten, so that an amount of so many decimals is a whole number of ticks. */
  readonly scale: { readonly ticksAUnit: number } | { readonly unitsATick: number };
}

/** The resources in the order in which they are given. Throws an AllocationProblemError for a limit that is no amount. */
export function resourcesOf(limits: Limits): readonly Resource[] {
  return Object.entries(limits).map(([name, limit]) => {
    if (!Number.isFinite(limit) || limit < 0)
      throw new AllocationProblemError(`The limit of ${name} is ${limit}: expected a number from 0`);
    const scale = scaleOf(limit);
    return { name, limit, scale, ticks: Math.floor(inTicks(scale, limit) + error) };
  });
}

/**
 * What a use takes, in ticks, rounded up; a use above the limit can be more than is counted exactly, and no option with it fits.
 * A thousandth of a tick is an error of the fraction, not an amount: three uses of 0.1 fit a limit of 0.3. That is the
 * tolerance of a limit: 10^-14 of it for each use, and nothing where amounts have no more than eleven digits of the limit.
 */
export function ticksOf({ scale, limit }: Resource, amount: number): number {
  if (amount === 0) return 0;
  // A limit of nothing has no ticks to tell amounts by.
  return limit === 0 ? 1 : Math.max(1, Math.ceil(inTicks(scale, amount) - error));
}

/** Ticks as an amount in the resource's unit. */
export function amountOf({ scale }: Resource, ticks: number): number {
  return 'ticksAUnit' in scale ? ticks / scale.ticksAUnit : ticks * scale.unitsATick;
}

/** A price of one tick as the price of one unit. */
export function priceOfUnit({ scale }: Resource, priceOfTick: number): number {
  return 'ticksAUnit' in scale ? priceOfTick * scale.ticksAUnit : priceOfTick / scale.unitsATick;
}

const error = 1e-3;
/** 10^300 is a number, 10^309 is none. */
const mostDigits = 300;

function scaleOf(limit: number): Resource['scale'] {
  const digits = limit === 0 ? 0 : Math.min(mostDigits, 11 - Math.floor(Math.log10(limit)));
  // Written so, powers of ten are the nearest numbers to them, and up to 10^22 exact.
  return digits < 0 ? { unitsATick: Number(`1e${-digits}`) } : { ticksAUnit: Number(`1e${digits}`) };
}

function inTicks(scale: Resource['scale'], amount: number): number {
  return 'ticksAUnit' in scale ? amount * scale.ticksAUnit : amount / scale.unitsATick;
}
