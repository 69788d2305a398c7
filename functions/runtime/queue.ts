import * as z from 'zod';

/** A batch of queue messages, as far as handlers read it. */
export const QueueEvent = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });
export type QueueEvent = z.output<typeof QueueEvent>;

/** Queue messages that were not done and come again. */
export interface QueueAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** The answer of a handler that did all messages but these. */
export function allBut(undone: Iterable<string>): QueueAnswer {
  return { batchItemFailures: [...new Set(undone)].map((itemIdentifier) => ({ itemIdentifier })) };
}
