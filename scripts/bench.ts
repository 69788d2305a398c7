import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importMsOf, largestGzipKilobytes, longestImportMs, weighBundles } from './bench/bundles.ts';
import { measureRates } from './bench/rates.ts';
import { inThousands, markdownTable } from './bench/table.ts';
import { measureThroughput } from './bench/throughput.ts';
import { synthesize } from './synthesize.ts';

/** `npm run bench [-- --write]`: sizes, start-up, rates and throughput as Markdown; `--write` also leaves them in docs/bench.md. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
  const assembly = mkdtempSync(join(tmpdir(), 'lemniscate-bench-'));
  try {
    const startedAt = performance.now();
    await synthesize(['--output', assembly]);
    const synthSeconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const machine = `${availableParallelism()} cores, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
    const report = [
      '# Bench',
      `Made by \`npm run bench -- --write\` on ${machine}. \`npm run synth\` took ${synthSeconds} s (goal: under 30 s).`,
      '',
      ...bundleSection(assembly),
      '',
      ...rateSection(),
      '',
      ...(await throughputSection(assembly)),
      '',
    ].join('\n');
    console.log(report);
    if (values.write) writeFileSync('docs/bench.md', report);
  } finally {
    rmSync(assembly, { recursive: true, force: true });
  }
}

function bundleSection(assembly: string): string[] {
  const bundles = weighBundles(assembly);
  const tooLarge = bundles.filter(({ gzipKilobytes }) => gzipKilobytes > largestGzipKilobytes);
  if (tooLarge.length > 0) {
    console.error(`Over ${largestGzipKilobytes} KB gzipped: ${tooLarge.map(({ name }) => name).join(', ')}`);
    process.exitCode = 1;
  }
  return [
    '## Functions',
    `Goals: ${largestGzipKilobytes} KB gzipped (over it the command fails), import in ${longestImportMs} ms (a fresh process, median of 5).`,
    '',
    ...markdownTable(
      ['function', 'minified KB', 'gzipped KB', 'import ms'],
      bundles.map((bundle) => [
        `\`${bundle.name}\``,
        bundle.kilobytes.toFixed(0),
        bundle.gzipKilobytes.toFixed(0),
        importMsOf(bundle).toFixed(0),
      ]),
    ),
  ];
}

function rateSection(): string[] {
  const rates = measureRates();
  return [
    '## Rates of one core',
    'Interactions per second; the first rows are the floor (reading the same bytes as JSON) and a general validator beside ours.',
    '',
    ...markdownTable(
      ['step', 'per second', 'µs each'],
      rates.map(({ step, perSecond }) => [step, inThousands(perSecond), (1e6 / perSecond).toFixed(1)]),
    ),
  ];
}

async function throughputSection(assembly: string): Promise<string[]> {
  const { events, seconds, sentSeconds } = await measureThroughput(assembly);
  return [
    '## Local cloud',
    'A seeded world through the HTTP API in batches of 100, until all of it is in DynamoDB and the lake and nothing is in flight.',
    '',
    ...markdownTable(
      ['until', 'events', 'seconds', 'events per second'],
      [
        ['accepted', inThousands(events), sentSeconds.toFixed(1), inThousands(events / sentSeconds)],
        ['in profiles and lake', inThousands(events), seconds.toFixed(1), inThousands(events / seconds)],
      ],
    ),
  ];
}

await main();
