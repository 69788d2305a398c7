import { markdownTable } from '#scripts/bench/table.ts';
import { priceOf } from '#scripts/prices/us-east-1.ts';
import { amountOf, type Usage } from './meter-client.ts';
import type { MeasuredQuery } from './query-load.ts';

/** What a query costs before it has scanned anything: its LISTs, and the 10 MB that Athena counts at least. */
export function querySection(measured: readonly MeasuredQuery[]): readonly string[] {
  return [
    '## A query of Athena',
    'Partitions are computed, not looked up: each day that a query does not rule out by `dt` is listed, whether it is empty or not. `v_interactions` looks for the first delivery of each message, so that it lists every day from `lakeFrom` (without it, the whole retention) on; what it scans comes on top, 5 USD a TB.',
    '',
    ...markdownTable(
      ['stage', 'a query of', 'partitions listed', 'LIST, USD', 'scan of 10 MB, USD', 'a thousand queries, USD'],
      measured.map(({ stage, asked, usage }) => {
        const lists = usdOf(usage, 'put-class-requests');
        const scan = usdOf(usage, 'scanned-bytes');
        return [
          stage,
          asked,
          String(amountOf(ofUnit(usage, 'put-class-requests'))),
          lists.toFixed(5),
          scan.toFixed(5),
          (1000 * (lists + scan)).toFixed(2),
        ];
      }),
    ),
  ];
}

const ofUnit = (usage: readonly Usage[], unit: Usage['unit']) => usage.filter((one) => one.unit === unit);

function usdOf(usage: readonly Usage[], unit: Usage['unit']): number {
  const { usd, per } = priceOf('athena', unit);
  return (amountOf(ofUnit(usage, unit)) * usd) / per;
}
