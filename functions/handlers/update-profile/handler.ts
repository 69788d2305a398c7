import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamoPersonas } from '#adapters/dynamo-personas.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { readBusEvent } from '#shared/bus-envelope.ts';
import { environment } from '#shared/environment.ts';
import { UnexpectedShapeError } from '#shared/errors.ts';
import { gather } from '#shared/gather.ts';
import { fullJitter } from '#shared/pause.ts';
import { logger, withRuntime } from '#shared/runtime.ts';
import { type UpdateDeps, updatePersona } from './update-persona.ts';

const QueueEvent = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** Queue messages that were not done and come again. */
interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** What a batch brings for one persona: its interactions, and the queue messages that carried them. */
interface PersonaBatch {
  readonly personaId: string;
  readonly interactions: Interaction[];
  readonly queueMessageIds: string[];
}

/** Folds the interactions of a batch into the live profiles: grouped by persona, one transaction each. */
export function makeHandler(deps: UpdateDeps) {
  return async ({ Records }: z.output<typeof QueueEvent>): Promise<BatchAnswer> => {
    const { batches, unreadable } = batchesOf(Records);
    const failed = await gather([...batches.values()], 8, async ({ personaId, interactions, queueMessageIds }) => {
      try {
        await updatePersona(personaId, interactions, deps);
        return [];
      } catch (error) {
        logger.error('A persona was not updated', { personaId, messages: queueMessageIds.length, error });
        return queueMessageIds;
      }
    });
    return { batchItemFailures: [...unreadable, ...failed.flat()].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

function batchesOf(records: z.output<typeof QueueEvent>['Records']) {
  const batches = new Map<string, PersonaBatch>();
  const unreadable: string[] = [];
  for (const { messageId, body } of records) {
    try {
      const event = readBusEvent(body);
      if (event.type !== 'InteractionsReceived')
        throw new UnexpectedShapeError(`Expected InteractionsReceived, got ${event.type}`);
      const { personaId, interactions } = event.detail;
      const batch = batches.get(personaId) ?? { personaId, interactions: [], queueMessageIds: [] };
      batch.interactions.push(...interactions);
      batch.queueMessageIds.push(messageId);
      batches.set(personaId, batch);
    } catch (error) {
      logger.error('A queue message can’t be read', { messageId, error });
      unreadable.push(messageId);
    }
  }
  return { batches, unreadable };
}

export const handler = withRuntime('update-profile', QueueEvent, () => {
  const { CUSTOMERS_TABLE } = environment('CUSTOMERS_TABLE');
  return makeHandler({
    personas: dynamoPersonas(new DynamoDBClient({}), CUSTOMERS_TABLE),
    now: Date.now,
    pause: fullJitter(20, 500),
  });
});
