import type { BenchRow } from './bench-row.ts';
import { measureRates, type Rate } from './rates.ts';
import { inThousands } from './table.ts';

/** Steps of an interaction on one core, beside what a public package does of the same work. */
export function rateRows(): BenchRow[] {
  return measureRates().map(({ step, perSecond, beside = [] }) => ({
    what: step,
    result: `${inThousands(perSecond)} a second`,
    beside: beside.map((other) => ratio(perSecond, other)).join(', '),
  }));
}

function ratio(perSecond: number, other: Rate): string {
  return `${Number((perSecond / other.perSecond).toPrecision(2))} × ${other.step}`;
}
