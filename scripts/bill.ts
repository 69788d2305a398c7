import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { idleCost } from './bill/idle-cost.ts';
import { type Reading, readMeter, resetMeter } from './bill/meter-client.ts';
import { meanPersonaBytes } from './bill/persona-bytes.ts';
import { playLoad, type ReferenceLoad } from './bill/reference-load.ts';
import { idleSection, loadSection, notMetered, priceSection } from './bill/sections.ts';
import { startLocalProcess } from './local-process.ts';
import { listPrices } from './prices/us-east-1.ts';
import { synthesize } from './synthesize.ts';

const Options = z.object({
  /** Events sent in batches; a tenth as many are sent one by one. */
  events: z.coerce.number().int().min(200).default(20_000),
  rate: z.coerce.number().positive().default(200),
  'single-rate': z.coerce.number().positive().default(50),
  assembly: z.string().optional(),
  write: z.boolean().default(false),
});

/** USD for a million events, from the issue that asked for this bill. */
const goals = { batched: 0.3, single: 4 };

/** `npm run bill [-- --events N --rate N --single-rate N --write]`: what the loop costs at list price, as Markdown; `--write` also leaves it in docs/bill.md. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      events: { type: 'string' },
      rate: { type: 'string' },
      'single-rate': { type: 'string' },
      assembly: { type: 'string' },
      write: { type: 'boolean' },
    },
  });
  const options = Options.parse(values);
  const assembly = options.assembly ?? mkdtempSync(join(tmpdir(), 'lemniscate-bill-'));
  try {
    if (options.assembly === undefined) await synthesize(['--output', assembly]);
    const report = await billReport(assembly, options);
    console.log(report);
    if (options.write) writeFileSync('docs/bill.md', report);
  } finally {
    if (options.assembly === undefined) rmSync(assembly, { recursive: true, force: true });
  }
}

async function billReport(assembly: string, { events, rate, 'single-rate': singleRate }: z.infer<typeof Options>) {
  const batched: ReferenceLoad = { name: 'batched', events, eventsARequest: 50, eventsACustomer: 5, rate };
  const single: ReferenceLoad = {
    name: 'single',
    events: Math.ceil(events / 10),
    eventsARequest: 1,
    eventsACustomer: 1,
    rate: singleRate,
  };
  const batchedPart = await measured(assembly, batched, goals.batched);
  const singlePart = await measured(assembly, single, goals.single);
  const metrics = new Set([...batchedPart.reading.customMetrics, ...singlePart.reading.customMetrics]);
  return [
    '# The bill',
    `Metered on the local cloud by \`npm run bill -- --write\`, at list prices of ${listPrices.region} of ${listPrices.date}, without free tiers and volume discounts.`,
    '',
    ...batchedPart.lines,
    '',
    ...singlePart.lines,
    '',
    ...idleSection(idleCost(assembly, metrics.size)),
    '',
    ...priceSection(),
    '',
    ...notMetered(),
    '',
  ].join('\n');
}

/** Plays a load to a cloud of its own and bills it. */
async function measured(
  assembly: string,
  load: ReferenceLoad,
  goal: number,
): Promise<{ readonly lines: readonly string[]; readonly reading: Reading }> {
  const cloud = await startLocalProcess(['--port', '0', '--assembly', assembly]);
  try {
    await resetMeter(cloud.info.url);
    await playLoad(load, cloud.info);
    const reading = await readMeter(cloud.info.url);
    const personaBytes = await meanPersonaBytes(cloud.info);
    return { reading, lines: loadSection(load, reading.usage, personaBytes, goal) };
  } finally {
    await cloud.stop();
  }
}

await main();
