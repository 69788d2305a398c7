import * as z from 'zod';
import { parseJson } from './parse.ts';
import type { QueueEvent } from './queue.ts';

const ScheduledEvent = z.object({ time: z.iso.datetime() });

/**
 * Does what is due at the times that a schedule put into a queue, in epoch milliseconds: they say what is meant, for this machine's
 * clock may lag behind. A batch that fails comes again.
 */
export function scheduleHandler(perform: (times: readonly number[]) => Promise<void>) {
  return ({ Records }: QueueEvent): Promise<void> =>
    perform(Records.map(({ body }) => Date.parse(parseJson(ScheduledEvent, body, 'A scheduled event').time)));
}
