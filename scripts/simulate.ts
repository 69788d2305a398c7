import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { gather } from '#shared/gather.ts';
import { runSeed } from './simulate/run-seed.ts';
import { type SimulatedCloud, startSimulatedCloud } from './simulate/simulated-cloud.ts';
import { synthesize } from './synthesize.ts';

/** A cloud's tables and lake grow with every seed, and so does what each query reads. */
const seedsACloud = 20;
/** Clouds at a time, each a process when there are several: a seed mostly waits, as SDKs do between attempts. */
const lanes = availableParallelism() + 1;

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
  const child = spawn(process.execPath, [import.meta.filename, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'exit');
  // Which of them failed stands above.
  return code === 0 ? [] : seeds;
}

/** Runs seeds one after another in one cloud. */
async function failuresIn(seeds: readonly number[], minutes: number, assembly: string): Promise<number[]> {
  const failed: number[] = [];
  const simulated = await startSimulatedCloud(assembly, Date.parse('2026-01-05T00:00:00Z'));
  for (const seed of seeds) if (!(await passes(seed, minutes, simulated))) failed.push(seed);
  await simulated.cloud.stop();
  return failed;
}

async function passes(seed: number, minutes: number, simulated: SimulatedCloud): Promise<boolean> {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  try {
    const { messages, injected, findings } = await runSeed(seed, minutes, simulated);
    const verdict = findings.length === 0 ? 'passed' : 'FAILED';
    console.log(`seed ${seed}: ${verdict}, ${messages} messages, ${injected.length} faults, ${seconds()} s`);
    for (const { auditor, text } of findings) console.log(`  ${auditor}: ${text}`);
    return findings.length === 0;
  } catch (error) {
    console.log(`seed ${seed}: FAILED after ${seconds()} s`);
    console.log(error);
    return false;
  }
}

await main();
