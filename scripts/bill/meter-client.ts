import * as z from 'zod';

const Usage = z.object({
  service: z.string(),
  operation: z.string(),
  caller: z.string(),
  unit: z.enum([
    'write-request-units',
    'read-request-units',
    'stream-reads',
    'event-chunks',
    'archived-bytes',
    'requests',
    'gb-seconds',
    'ingested-bytes',
    'converted-bytes',
    'put-class-requests',
    'get-class-requests',
    'free-requests',
    'scanned-bytes',
    'state-transitions',
    'traced-invocations',
  ]),
  calls: z.number(),
  amount: z.number(),
});
const Reading = z.object({ usage: z.array(Usage), customMetrics: z.array(z.string()) });

/** One count of the local cloud's meter. */
export type Usage = z.infer<typeof Usage>;
export type Reading = z.infer<typeof Reading>;

/** Asks the local cloud at this address what AWS would have billed since the last reset. */
export async function readMeter(url: string): Promise<Reading> {
  return Reading.parse(await answerOf(await fetch(`${url}/_local/meter`)));
}

/** Starts the meter at nothing. */
export async function resetMeter(url: string): Promise<void> {
  await answerOf(await fetch(`${url}/_local/meter/reset`, { method: 'POST' }));
}

/** Sums the amounts of usage. */
export function amountOf(usage: readonly Usage[]): number {
  return usage.reduce((sum, { amount }) => sum + amount, 0);
}

async function answerOf(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
