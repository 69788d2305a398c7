import { priceOf } from '#scripts/prices/us-east-1.ts';
import type { Usage } from './meter-client.ts';
import type { ReferenceLoad } from './reference-load.ts';

/** One line of a bill, all of it for a million events. */
export interface BillLine {
  readonly service: string;
  readonly unit: Usage['unit'];
  readonly amount: number;
  readonly usd: number;
}

/** Bills usage of a load for a million of its events, dearest first. */
export function billOf(usage: readonly Usage[], load: ReferenceLoad): readonly BillLine[] {
  const lines = [...Map.groupBy(usage, ({ service, unit }) => `${service} ${unit}`).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { service, unit } = first;
    const billed = own.reduce((sum, one) => sum + billedAmount(one, load), 0);
    const amount = (billed * 1e6) / load.events;
    const { usd, per } = priceOf(service, unit);
    return [{ service, unit, amount, usd: (amount * usd) / per }];
  });
  return lines.sort((a, b) => b.usd - a.usd);
}

/** What usage of a load costs for a million of its events. */
export function costOf(usage: readonly Usage[], load: ReferenceLoad): number {
  return sumOf(billOf(usage, load));
}

/** USD of some lines. */
export function sumOf(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0);
}

/**
 * Lambda records the first invocation of a function in each second and one in twenty of the others as a trace, so that a
 * slow stream of events is traced whole. Each function counts as the root of its traces: an upper bound.
 * Source: Lambda developer guide, "Visualize Lambda function invocations using AWS X-Ray".
 */
export function expectedTraces(invocations: number, seconds: number): number {
  const reservoir = Math.min(invocations, seconds);
  return reservoir + 0.05 * (invocations - reservoir);
}

function billedAmount({ service, amount }: Usage, { events, rate }: ReferenceLoad): number {
  return service === 'xray' ? expectedTraces(amount, events / rate) : amount;
}
