import * as z from 'zod';
import { command } from '#scripts/run/command.ts';
import { dayOf, firmOf } from './decision-day.ts';
import { hindsightOptimum } from './hindsight-optimum.ts';
import { flakyBudgets, replayDay } from './replay-day.ts';

export const budgets = command({
  name: 'budgets',
  summary: 'Replays two seeded days of decisions under budgets and compares them with hindsight',
  values: z.object({
    decisions: z.coerce.number().int().min(1).default(100_000).describe('Decisions a day').meta({ value: 'N' }),
    seed: z.coerce
      .number()
      .int()
      .min(0)
      .default(1)
      .describe('Another seed is another firm and other days')
      .meta({ value: 'N' }),
  }),
  main: replay,
});

async function replay({ decisions, seed }: { readonly decisions: number; readonly seed: number }): Promise<void> {
  const firm = firmOf(seed, decisions);
  const unpaced = firm.budgets.map((budget) => ({ ...budget, pacing: 'none' as const }));
  const store = flakyBudgets(seed);
  for (const dayNumber of [0, 1]) {
    const startMs = Date.UTC(2026, 2, 10 + dayNumber);
    const day = dayOf(firm, seed * 1000 + dayNumber, startMs, decisions);
    const began = performance.now();
    const result = await replayDay(firm.budgets, day, store, seed + dayNumber);
    const seconds = (performance.now() - began) / 1000;
    const free = await replayDay(unpaced, day, flakyBudgets(seed), seed + dayNumber);
    const optimum = await hindsightOptimum(firm.budgets, day);
    console.log(
      [
        `day ${dayNumber + 1} (${dayNumber === 0 ? 'nothing known before' : 'the day before known'}): ${day.length} decisions, ${result.made} made, ${seconds.toFixed(1)} s`,
        `limits passed: ${result.passed}`,
        `worth: ${Math.round(result.worth)} = ${percent(result.worth / optimum.upper)} of the hindsight optimum (LP between ${Math.round(optimum.lower)} and ${Math.round(optimum.upper)}, ${optimum.rounds} rounds of HiGHS)`,
        `without pacing: limits passed: ${free.passed}, worth ${percent(free.worth / optimum.upper)} of the optimum`,
        `functions died: ${result.deaths}; store so far: ${JSON.stringify(result.calls)}`,
        `spent of limits: ${[...result.spent].map(([id, share]) => `${id} ${percent(share)}/${percent(result.leased.get(id) ?? 0)}`).join(', ')}`,
        '',
      ].join('\n'),
    );
  }
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
