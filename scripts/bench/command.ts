import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { command } from '#scripts/run/command.ts';
import { synthesize } from '#scripts/run/synthesize.ts';
import { allocationRows } from './allocation-rows.ts';
import { againstGoal, type BenchRow, benchTable } from './bench-row.ts';
import { billRows } from './bill-rows.ts';
import { cloudRows } from './cloud-rows.ts';
import { decisionRows } from './decision-rows.ts';
import { functionRows } from './function-rows.ts';
import { rateRows } from './rate-rows.ts';

const Values = z.object({
  minutes: z.coerce.number().positive().default(1).describe('Minutes of 1,000 events a second').meta({ value: 'M' }),
  only: z
    .enum(['functions', 'rates', 'decisions', 'allocation', 'cloud', 'bill'])
    .optional()
    .describe('One part alone')
    .meta({ value: 'PART' }),
  write: z.boolean().default(false).describe('Leaves the table in docs/bench.md too'),
});

export const bench = command({
  name: 'bench',
  summary:
    'Measures sizes, start-up, rates, throughput and prices, and prints one Markdown table with the goals and what was missed',
  values: Values,
  main: measure,
});

async function measure({ minutes, only, write }: z.output<typeof Values>): Promise<void> {
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
      allocation: () => allocationRows(),
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
