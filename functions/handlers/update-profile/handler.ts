import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamoIdentities } from '#adapters/dynamo-identities.ts';
import { dynamoPersonas } from '#adapters/dynamo-personas.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { readBusEvent } from '#shared/bus-envelope.ts';
import { environment } from '#shared/environment.ts';
import { UnexpectedShapeError } from '#shared/errors.ts';
import { gather } from '#shared/gather.ts';
import { identifierCatalogueOf } from '#shared/identifier-settings.ts';
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
  readonly queueMessageIds: Set<string>;
}

/** Personas that are written at a time. */
const width = 16;

/**
 * Folds the interactions of a batch into the live profiles: grouped by persona, one atomic write each. A message comes again
 * when any of its personas was not done; for the others that has no effect.
 */
export function makeHandler(deps: UpdateDeps) {
  return async ({ Records }: z.output<typeof QueueEvent>): Promise<BatchAnswer> => {
    const { batches, unreadable } = batchesOf(Records);
    const failed = await gather([...batches.values()], width, async ({ personaId, interactions, queueMessageIds }) => {
      try {
        await updatePersona(personaId, interactions, deps);
        return [];
      } catch (error) {
        logger.error('A persona was not updated', { personaId, messages: queueMessageIds.size, error });
        return [...queueMessageIds];
      }
    });
    const undone = new Set([...unreadable, ...failed.flat()]);
    return { batchItemFailures: [...undone].map((itemIdentifier) => ({ itemIdentifier })) };
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
      for (const { personaId, interactions } of event.detail.personas) {
        const batch = batches.get(personaId) ?? { personaId, interactions: [], queueMessageIds: new Set() };
        batch.interactions.push(...interactions);
        batch.queueMessageIds.add(messageId);
        batches.set(personaId, batch);
      }
    } catch (error) {
      logger.error('A queue message can’t be read', { messageId, error });
      unreadable.push(messageId);
    }
  }
  return { batches, unreadable };
}

export const handler = withRuntime('update-profile', QueueEvent, () => {
  const { CUSTOMERS_TABLE, IDENTIFIER_SETTINGS } = environment('CUSTOMERS_TABLE', 'IDENTIFIER_SETTINGS');
  const client = new DynamoDBClient({});
  const { types: identifierRules } = identifierCatalogueOf(IDENTIFIER_SETTINGS);
  return makeHandler({
    personas: dynamoPersonas(client, CUSTOMERS_TABLE),
    identities: dynamoIdentities(client, CUSTOMERS_TABLE, identifierRules),
    identifierRules,
    now: Date.now,
    pause: fullJitter(20, 500),
  });
});
