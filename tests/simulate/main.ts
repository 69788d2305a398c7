import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { gather } from '#runtime/gather.ts';
import { synthesize } from '#scripts/run/synthesize.ts';
import { auditSeeds } from './audit-seeds.ts';
import { runSeed, type SeedRun } from './run-seed.ts';
import { loadSimulatedCatalogue } from './simulated-catalogue.ts';
import { type SimulatedCloud, startSimulatedCloud } from './simulated-cloud.ts';

/** A cloud takes seconds until it is warm; its tables grow with every seed. */
const seedsACloud = 34;
/** What was refused stays in the lake for 90 days: auditors look at it after 60. */
const auditedMinutes = 60 * 1440;
/** Clouds at a time, each a process when there are several: a seed mostly waits, as SDKs do between attempts. */
const lanes = availableParallelism() + 1;

/** Functions' threads are many and live shortly: with 16 MB to begin with, an eighth of all computing, collecting garbage, falls away. */
const roomForYoungObjects = '--min-semi-space-size=16';

const Options = z.object({
  seed: z.coerce.number().int().min(0),
  seeds: z.coerce.number().int().min(1),
  minutes: z.coerce.number().positive(),
  assembly: z.string().default('cdk.out'),
});

/**
 * `npm run simulate -- --seed N --minutes M [--seeds K]`: K random worlds from seed N on, each living M minutes under random
 * faults, then audited. One line a seed; it ends with status 1 and the seeds when an auditor found something.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      seeds: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '10080' },
      assembly: { type: 'string' },
    },
  });
  const { seed: first, seeds, minutes, assembly } = Options.parse(values);
  if (values.assembly === undefined) await synthesize();
  const groups = Array.from({ length: Math.ceil(seeds / seedsACloud) }, (_, group) =>
    Array.from(
      { length: Math.min(seedsACloud, seeds - group * seedsACloud) },
      (_, index) => first + group * seedsACloud + index,
    ),
  );
  const run = groups.length === 1 ? failuresIn : failuresInProcess;
  const failed = (await gather(groups, lanes, (group) => run(group, minutes, assembly))).flat();
  if (failed.length === 0) return;
  console.error(
    `Seeds that failed are among: ${failed.join(' ')}. Again: npm run simulate -- --minutes ${minutes} --seed …`,
  );
  process.exitCode = 1;
}

/** Runs seeds in a process of their own, and passes on what it prints. */
async function failuresInProcess(
  seeds: readonly number[],
  minutes: number,
  assembly: string,
): Promise<readonly number[]> {
  const options = { seed: seeds[0], seeds: seeds.length, minutes, assembly };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [roomForYoungObjects, import.meta.filename, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  // Which of them failed stands above.
  return code === 0 ? [] : seeds;
}

/** Runs seeds one after another in one cloud, and asks the auditors about several at a time. */
async function failuresIn(seeds: readonly number[], minutes: number, assembly: string): Promise<number[]> {
  const simulated = await startSimulatedCloud(assembly, Date.parse('2026-01-05T00:00:00Z'));
  await loadSimulatedCatalogue({ url: simulated.cloud.url, key: simulated.adminKey });
  const together = Math.max(1, Math.floor(auditedMinutes / minutes));
  const failed: number[] = [];
  for (let start = 0; start < seeds.length; start += together) {
    failed.push(...(await failuresAmong(seeds.slice(start, start + together), minutes, simulated)));
  }
  await simulated.cloud.stop();
  return failed;
}

async function failuresAmong(
  seeds: readonly number[],
  minutes: number,
  simulated: SimulatedCloud,
): Promise<readonly number[]> {
  const runs: SeedRun[] = [];
  for (const seed of seeds) {
    const run = await runOf(seed, minutes, simulated);
    if (run) runs.push(run);
  }
  const found = await auditSeeds(runs, simulated);
  for (const [seed, findings] of found) {
    console.log(`seed ${seed}: FAILED`);
    for (const { auditor, text } of findings) console.log(`  ${auditor}: ${text}`);
  }
  const passed = runs.flatMap(({ seed }) => (found.has(seed) ? [] : [seed]));
  if (passed.length > 0) console.log(`seeds ${passed.join(' ')}: passed`);
  return seeds.filter((seed) => !passed.includes(seed));
}

/** A seed's life; undefined when it broke off. */
async function runOf(seed: number, minutes: number, simulated: SimulatedCloud): Promise<SeedRun | undefined> {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  try {
    const run = await runSeed(seed, minutes, simulated);
    const { asked, told } = run.touchpoints;
    const counts = `${run.sent.length} messages, ${asked.length} questions, ${told.length} dispositions`;
    console.log(`seed ${seed}: ${counts}, ${run.injected.length} faults, ${seconds()} s`);
    return run;
  } catch (error) {
    console.log(`seed ${seed}: FAILED after ${seconds()} s`);
    console.log(error);
    return undefined;
  }
}

await main();
