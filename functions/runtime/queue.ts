import * as z from 'zod';
import type { BusEnvelope, BusEventOf } from '#contracts/bus/bus-envelope.ts';
import type { BusDetailType } from '#contracts/bus/bus-event.ts';
import type { Attempt } from '#ports/attempt.ts';
import type { BatchWork } from '#ports/batch-work.ts';
import { UnexpectedShapeError } from './errors.ts';
import { logger } from './lambda.ts';
import { readBusEvent } from './read-bus-event.ts';

/** A batch of queue messages, as far as handlers read it. */
export const QueueEvent = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });
export type QueueEvent = z.output<typeof QueueEvent>;

/** Queue messages that were not done and come again. */
export interface QueueAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Does the bus events of a batch of queue messages. A message of which any part fails comes again, alone: that must have no second
 * effect on the parts that were done. Each is logged once, with the first error that it met.
 */
export function queueHandler<Type extends BusDetailType, Part extends object>(work: BatchWork<Type, Part>) {
  return async ({ Records }: QueueEvent): Promise<QueueAnswer> => {
    const undone = new Set<string>();
    const messageOf = new Map<Part, string>();

    function fail(messageId: string, error: unknown) {
      if (!undone.has(messageId)) logger.error(work.undone, { messageId, error });
      undone.add(messageId);
    }

    const attempt: Attempt<Part> = async (parts, run) => {
      try {
        return await run();
      } catch (error) {
        for (const part of parts) fail(messageOf.get(part) ?? '', error);
        return undefined;
      }
    };

    for (const { messageId, body } of Records) {
      try {
        for (const part of await work.partsOf(eventOf(body, work.types))) messageOf.set(part, messageId);
      } catch (error) {
        fail(messageId, error);
      }
    }
    await work.perform([...messageOf.keys()], attempt);
    return { batchItemFailures: [...undone].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

function eventOf<Type extends BusDetailType>(body: string, types: readonly Type[]): BusEventOf<Type> {
  const event = readBusEvent(body);
  if (isOf(event, types)) return event;
  throw new UnexpectedShapeError(`Expected ${types.join(' or ')}, got ${event['detail-type']}`);
}

function isOf<Type extends BusDetailType>(event: BusEnvelope, types: readonly Type[]): event is BusEventOf<Type> {
  return types.some((type) => type === event['detail-type']);
}
