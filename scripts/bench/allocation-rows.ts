import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import * as z from 'zod';
import { ChunkPacker } from '#domain/allocation/chunk-packer.ts';
import { resourcesOf } from '#domain/allocation/resource.ts';
import { wholeValue } from '#domain/allocation/value-sum.ts';
import { allocate } from '#use-cases/campaign/allocate.ts';
import { type AllocationProblemSpec, customersOf, limitsOf } from './allocation-problems.ts';
import { againstGoal, type BenchRow } from './bench-row.ts';
import { highsAllocation } from './highs-allocation.ts';
import { inThousands } from './table.ts';

const goals = { share: 0.999, timesFaster: 50, seconds: 60, megabytes: 1000 };
const middle: AllocationProblemSpec = { structure: 'usual', customers: 20_000, options: 8, seed: 1 };
const large: AllocationProblemSpec = { structure: 'usual', customers: 1_000_000, options: 20, seed: 1 };

/** Allocation beside HiGHS, which solves its linear program, and from a file too large to be held. */
export async function allocationRows(): Promise<BenchRow[]> {
  return [...(await rowsBesideHighs()), ...(await rowsOfFile())];
}

async function rowsBesideHighs(): Promise<BenchRow[]> {
  const what = `allocation, ${sizeOf(middle)}, 4 capacities and a budget`;
  const [limits, customers] = [limitsOf(middle), [...customersOf(middle)]];
  const startedAt = performance.now();
  const resources = resourcesOf(limits);
  const packer = new ChunkPacker(resources);
  for (const customer of customers) packer.add(customer);
  const chunks = [packer.take()];
  const { progress } = await allocate({ resources, size: packer.size, chunks: (from) => chunks.slice(from) }, () => {});
  const seconds = (performance.now() - startedAt) / 1000;
  const highs = await highsAllocation(limits, customers);
  const share = wholeValue(progress.value) / highs.value;
  const times = highs.seconds / seconds;
  return [
    {
      what: `${what}: value`,
      result: `${(100 * share).toFixed(3)} %`,
      beside: 'of the linear program’s optimum, by HiGHS',
      ...againstGoal(100 * share, { atLeast: 100 * goals.share }, '%'),
    },
    {
      what: `${what}: time`,
      result: `${seconds.toFixed(2)} s`,
      beside: `${inThousands(times)} × HiGHS, ${highs.seconds.toFixed(1)} s`,
      ...againstGoal(times, { atLeast: goals.timesFaster }, '× HiGHS'),
    },
  ];
}

const Answer = z.object({ seconds: z.number(), peakMegabytes: z.number() });

async function rowsOfFile(): Promise<BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'lemniscate-bench-'));
  try {
    const file = join(directory, 'problem.ndjson');
    await pipeline(Readable.from(linesOf(large)), createWriteStream(file));
    const args = ['scripts/allocate/main.ts', '--problem', file, '--assignments', join(directory, 'out'), '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const { seconds, peakMegabytes } = Answer.parse(JSON.parse(stdout));
    const what = `\`npm run allocate\`, ${sizeOf(large)}`;
    return [
      {
        what: `${what}: time, with reading the file`,
        result: `${seconds.toFixed(1)} s`,
        ...againstGoal(seconds, { atMost: goals.seconds }, 's'),
      },
      {
        what: `${what}: peak memory`,
        result: `${peakMegabytes} MB`,
        ...againstGoal(peakMegabytes, { atMost: goals.megabytes }, 'MB'),
      },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The lines of a problem's file, a thousand at a time. */
function* linesOf(spec: AllocationProblemSpec): Generator<string> {
  yield `${JSON.stringify({ limits: limitsOf(spec) })}\n`;
  let lines: string[] = [];
  for (const customer of customersOf(spec)) {
    lines.push(`${JSON.stringify(customer)}\n`);
    if (lines.length < 1000) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

const sizeOf = ({ customers, options }: AllocationProblemSpec) =>
  `${customers.toLocaleString('en-GB')} customers × ${options} options`;
