import type * as z from 'zod';
import { logger } from './lambda.ts';
import { parseJson } from './parse.ts';
import type { QueueAnswer, QueueEvent } from './queue.ts';

/** Does each message of a batch for itself; those that fail come again. For what is no event of our own bus. */
export function eachMessage<Schema extends z.ZodType>(
  schema: Schema,
  undone: string,
  perform: (message: z.output<Schema>) => Promise<void>,
) {
  return async ({ Records }: QueueEvent): Promise<QueueAnswer> => {
    const failed: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of Records) {
      try {
        await perform(parseJson(schema, body, 'A message'));
      } catch (error) {
        logger.error(undone, { messageId, error });
        failed.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures: failed };
  };
}
