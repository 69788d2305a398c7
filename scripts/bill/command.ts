import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { listPrices } from '#scripts/prices/us-east-1.ts';
import { command } from '#scripts/run/command.ts';
import { synthesize } from '#scripts/run/synthesize.ts';
import { decisionLoads, measureDecisions } from './decision-load.ts';
import { decisionSection } from './decision-section.ts';
import { idleCost } from './idle-cost.ts';
import { billedLoads, type LoadSize } from './loads.ts';
import { type MeasuredLoad, measureLoad } from './measure-load.ts';
import { measureQueries } from './query-load.ts';
import { querySection } from './query-section.ts';
import { idleSection, loadSection, notMetered, priceSection } from './sections.ts';

const Values = z.object({
  events: z.coerce
    .number()
    .int()
    .min(200)
    .default(20_000)
    .describe('Events sent in batches; a tenth as many are sent one by one')
    .meta({ value: 'N' }),
  rate: z.coerce.number().positive().default(200).describe('Events a second, in batches').meta({ value: 'N' }),
  'single-rate': z.coerce.number().positive().default(50).describe('Events a second, one by one').meta({ value: 'N' }),
  assembly: z.string().optional().describe('A synthesized app; without it, one is made').meta({ value: 'DIR' }),
  write: z.boolean().default(false).describe('Leaves the bill in docs/bill.md too'),
});

export const bill = command({
  name: 'bill',
  summary: 'Meters every call on the local cloud and prints what the loop costs at list price, as Markdown',
  values: Values,
  main: print,
});

async function print({
  events,
  rate,
  'single-rate': singleRate,
  write,
  assembly: given,
}: z.output<typeof Values>): Promise<void> {
  const assembly = given ?? mkdtempSync(join(tmpdir(), 'lemniscate-bill-'));
  try {
    if (given === undefined) await synthesize(['--output', assembly]);
    const report = await billReport(assembly, { events, rate, singleRate });
    console.log(report);
    if (write) writeFileSync('docs/bill.md', report);
  } finally {
    if (given === undefined) rmSync(assembly, { recursive: true, force: true });
  }
}

async function billReport(assembly: string, size: LoadSize): Promise<string> {
  const measured: MeasuredLoad[] = [];
  const sections: string[] = [];
  const metricsOfDecisions = new Set<string>();
  for (const load of billedLoads(size)) {
    const one = await measureLoad(assembly, load);
    measured.push(one);
    sections.push(...loadSection(one, load.goal), '');
  }
  for (const load of decisionLoads(Math.max(200, Math.ceil(size.events / 40)))) {
    const one = await measureDecisions(assembly, load);
    for (const name of one.reading.customMetrics) metricsOfDecisions.add(name);
    sections.push(...decisionSection(one), '');
  }
  const metrics = new Set(measured.flatMap(({ reading }) => reading.customMetrics)).union(metricsOfDecisions);
  return [
    '# The bill',
    `Metered on the local cloud by \`npm run bill -- --write\`, at list prices of ${listPrices.region} of ${listPrices.date}, without free tiers and volume discounts.`,
    '',
    ...sections,
    ...querySection(await measureQueries(['dev', 'prod'])),
    '',
    ...idleSection(idleCost(assembly, metrics.size)),
    '',
    ...priceSection(),
    '',
    ...notMetered(),
    '',
  ].join('\n');
}
