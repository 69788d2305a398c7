import * as z from 'zod';
import { sortedEntries } from '#domain/text/bounded-map.ts';

/** A time as the API answers it. */
export const ShownTime = z.iso.datetime({ precision: 3 });

/** How many interactions had each name, the most used first. */
export const ShownCounts = z.array(z.object({ name: z.string(), interactions: z.int() }));

export function timeText(time: number): string {
  return new Date(time).toISOString();
}

export function timeTextOrNull(time: number | undefined): string | null {
  return time === undefined ? null : timeText(time);
}

export function mostUsedFirst(counts: ReadonlyMap<string, number>): z.infer<typeof ShownCounts> {
  return sortedEntries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, interactions]) => ({ name, interactions }));
}
