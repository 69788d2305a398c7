import * as z from 'zod';
import { amountOf, priceOfUnit, type Resource } from '#domain/allocation/resource.ts';
import { wholeValue } from '#domain/allocation/value-sum.ts';
import { command } from '#scripts/run/command.ts';
import { allocate as allocateTo } from '#use-cases/campaign/allocate.ts';
import { AssignmentsFile } from './assignments-file.ts';
import type { PackedAudience } from './packed-audience.ts';
import { PackedNames } from './packed-names.ts';
import { readProblem } from './problem-file.ts';

const Values = z.object({
  problem: z.string().describe('A file, a JSON value a line: the limits, then the customers').meta({ value: 'FILE' }),
  assignments: z
    .string()
    .optional()
    .describe('Writes a line for each customer who gets an option: {"customer":"c1","option":"t1"}')
    .meta({ value: 'OUT' }),
  json: z.boolean().default(false).describe('Prints one JSON object: value, uses, prices, seconds and peakMegabytes'),
});

export const allocate = command({
  name: 'allocate',
  summary: 'Chooses at most one option for each customer so that the value is greatest and no limit is passed',
  notes: [
    'The first line of the problem: {"limits":{"budget":1000,"calls":50}}',
    'A line for each customer: {"customer":"c1","options":[{"id":"t1","value":3.2,"uses":{"budget":1.5}}]}',
    'docs/allocation.md tells how it is solved, and how to read the prices.',
  ].join('\n'),
  values: Values,
  main: solve,
});

/** What came of a problem, as `--json` prints it. */
interface Answer {
  readonly value: number;
  readonly uses: Readonly<Record<string, number>>;
  readonly prices: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

async function solve({ problem, assignments, json }: z.output<typeof Values>): Promise<void> {
  const names = assignments === undefined ? undefined : new PackedNames();
  let audience: PackedAudience | undefined;
  try {
    audience = readProblem(problem, names);
    const file = assignments === undefined || names === undefined ? undefined : new AssignmentsFile(assignments, names);
    const { prices, bound, progress } = await allocateTo(audience, (chunk, options) => file?.write(chunk, options));
    file?.close();
    const { resources } = audience;
    const named = (of: (resource: Resource, place: number) => number) =>
      Object.fromEntries(resources.map((resource, place) => [resource.name, of(resource, place)]));
    const answer: Answer = {
      value: wholeValue(progress.value),
      uses: named((resource, k) => amountOf(resource, resource.ticks - (progress.left[k] ?? 0))),
      prices: named((resource, k) => priceOfUnit(resource, prices[k] ?? 0)),
      seconds: Number((performance.now() / 1000).toFixed(3)),
      peakMegabytes: Math.ceil((process.resourceUsage().maxRSS * 1024) / 1e6),
    };
    console.log(json ? JSON.stringify(answer) : inWords(answer, resources, bound));
  } finally {
    audience?.close();
    names?.close();
  }
}

function inWords(
  { value, uses, prices, seconds, peakMegabytes }: Answer,
  resources: readonly Resource[],
  bound: number,
) {
  const rows = resources.map(({ name, limit }) => [
    name,
    shown(uses[name] ?? 0),
    shown(limit),
    shown(prices[name] ?? 0),
  ]);
  const gap = bound === 0 ? 0 : Math.max(0, 1 - value / bound);
  return [
    `value ${shown(value)}: no allocation is worth more than ${shown(bound)}, ${(100 * gap).toFixed(3)} % above`,
    ...table([['limit', 'used', 'of', 'value of one more'], ...rows]),
    `${seconds.toFixed(1)} s, at most ${peakMegabytes} MB`,
  ].join('\n');
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}

const shown = (number: number) => String(Number(number.toPrecision(8)));
