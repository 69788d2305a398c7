import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { synthesize } from '../run/synthesize.ts';
import { againstGoal, type BenchRow, benchTable } from './bench-row.ts';
import { billRows } from './bill-rows.ts';
import { cloudRows } from './cloud-rows.ts';
import { decisionRows } from './decision-rows.ts';
import { functionRows } from './function-rows.ts';
import { rateRows } from './rate-rows.ts';

const Options = z.object({
  minutes: z.coerce.number().positive(),
  only: z.enum(['functions', 'rates', 'decisions', 'cloud', 'bill']).optional(),
  write: z.boolean(),
});

/**
 * `npm run bench [-- --minutes M] [--only PART] [--write]`: sizes, start-up, rates, throughput and prices as one Markdown table, with
 * the goals and what was missed; M minutes of 1,000 events a second. `--write` also leaves it in docs/bench.md.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '1' },
      only: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const { minutes, only, write } = Options.parse(values);
  const assembly = mkdtempSync(join(tmpdir(), 'lemniscate-bench-'));
  try {
    const otherLoad = (loadavg()[0] ?? 0).toFixed(1);
    const startedAt = performance.now();
    await synthesize(['--output', assembly]);
    const synthSeconds = (performance.now() - startedAt) / 1000;
    const parts: Readonly<Record<NonNullable<typeof only>, () => BenchRow[] | Promise<BenchRow[]>>> = {
      functions: () => functionRows(assembly),
      rates: () => rateRows(),
      decisions: () => decisionRows(assembly),
      cloud: () => cloudRows(assembly, minutes),
      bill: () => billRows(assembly),
    };
    const rows: BenchRow[] = [
      {
        what: '`npm run synth`',
        result: `${synthSeconds.toFixed(1)} s`,
        ...againstGoal(synthSeconds, { atMost: 30 }, 's'),
      },
    ];
    for (const [name, rowsOf] of Object.entries(parts)) {
      if (only === undefined || only === name) rows.push(...(await rowsOf()));
    }
    const machine = `${availableParallelism()} cores, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
    const report = [
      '# Bench',
      `Made by \`npm run bench -- --minutes ${minutes} --write\` on ${machine}, which had a load of ${otherLoad} before it began. Rates are those of one core.`,
      '',
      ...benchTable(rows),
      '',
    ].join('\n');
    console.log(report);
    if (write) writeFileSync('docs/bench.md', report);
  } finally {
    rmSync(assembly, { recursive: true, force: true });
  }
}

await main();
