import * as z from 'zod';
import { logger } from './lambda.ts';
import type { QueueAnswer, QueueEvent } from './queue.ts';
import { scheduleHandler } from './schedule.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html: what a schedule sends. */
const scheduled = 'Scheduled Event';
const Scheduled = z.object({ 'detail-type': z.literal(scheduled) });

/**
 * Handles a queue into which a schedule puts its times among other messages: who does what time brings needs no queue of its own,
 * whose polling costs more than its messages. Times that fail come again, all of a batch together.
 */
export function queueWithTimes(
  perform: (times: readonly number[]) => Promise<void>,
  handleOthers: (event: QueueEvent) => Promise<QueueAnswer>,
) {
  const handleTimes = scheduleHandler(perform);
  return async ({ Records }: QueueEvent): Promise<QueueAnswer> => {
    const times = Records.filter(({ body }) => isScheduled(body));
    const failures: QueueAnswer['batchItemFailures'][number][] = [];
    try {
      if (times.length > 0) await handleTimes({ Records: times });
    } catch (error) {
      logger.error('What is due was not done', { error });
      failures.push(...times.map(({ messageId }) => ({ itemIdentifier: messageId })));
    }
    const { batchItemFailures } = await handleOthers({ Records: Records.filter((record) => !times.includes(record)) });
    return { batchItemFailures: [...failures, ...batchItemFailures] };
  };
}

function isScheduled(body: string): boolean {
  if (!body.includes(scheduled)) return false;
  try {
    return Scheduled.safeParse(JSON.parse(body)).success;
  } catch {
    // What can't be read is for the others to refuse.
    return false;
  }
}
