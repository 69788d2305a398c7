import { idleCost } from '#scripts/bill/idle-cost.ts';
import { billedLoads } from '#scripts/bill/loads.ts';
import { measureLoad } from '#scripts/bill/measure-load.ts';
import { billOf, sumOf } from '#scripts/bill/price-usage.ts';
import { dearest, goals, titleOf, writeUnitsOf } from '#scripts/bill/sections.ts';
import { againstGoal, type BenchRow } from './bench-row.ts';

const size = { events: 8000, rate: 200, singleRate: 50 };

/** The bill in short, metered on a smaller load than `npm run bill` plays, which has the arithmetic. */
export async function billRows(assembly: string): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const metrics = new Set<string>();
  for (const load of billedLoads(size)) {
    const { reading, personaBytes } = await measureLoad(assembly, load);
    const lines = billOf(reading.usage, load);
    const sum = sumOf(lines);
    const most = dearest(lines).map(({ service, usd }) => `${titleOf(service)} ${usd.toFixed(2)}`);
    const units = writeUnitsOf(reading.usage);
    for (const name of reading.customMetrics) metrics.add(name);
    const shape = load.eventsARequest > 1 ? `in batches of ${load.eventsARequest}` : 'one by one';
    rows.push(
      {
        what: `a million events ${shape}, list price`,
        result: `${sum.toFixed(2)} USD`,
        beside: most.join(', '),
        ...againstGoal(sum, { atMost: load.goal }, 'USD', `mostly ${most.join(', ')}`),
      },
      {
        what: `write units of a profile update, events ${shape}`,
        result: units.toFixed(2),
        beside: `an item of ${personaBytes.toFixed(0)} bytes`,
        ...againstGoal(units, { atMost: goals.writeUnits }, 'units'),
      },
    );
  }
  const idle = idleCost(assembly, metrics.size).reduce((sum, { count, each }) => sum + count * each, 0);
  rows.push({
    what: 'a month without events, list price',
    result: `${idle.toFixed(2)} USD`,
    ...againstGoal(idle, { atMost: goals.idle }, 'USD'),
  });
  return rows;
}
