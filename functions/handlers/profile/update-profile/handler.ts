import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import { dynamoIdentities } from '#adapters/customers-table/dynamo-identities.ts';
import { dynamoPersonas } from '#adapters/customers-table/dynamo-personas.ts';
import { namesInUse } from '#domain/catalogue/names-in-use.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { chunksOf } from '#runtime/chunks-of.ts';
import { environment } from '#runtime/environment.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import { identifierCatalogueOf } from '#runtime/identifier-settings.ts';
import { logger, withRuntime } from '#runtime/lambda.ts';
import { allBut, type QueueAnswer, QueueEvent } from '#runtime/queue.ts';
import { readBusEvent } from '#runtime/read-bus-event.ts';
import { fullJitter } from '#runtime/retry.ts';
import { freshCatalogue } from '#use-cases/catalogue/fresh-catalogue.ts';
import { ofCatalogue } from '#use-cases/catalogue/of-catalogue.ts';
import { type UpdateDeps, updatePersona } from '#use-cases/profile/update-persona.ts';

/** What a batch brings for one persona: its interactions, and the queue messages that carried them. */
interface PersonaBatch {
  readonly personaId: string;
  readonly interactions: Interaction[];
  readonly queueMessageIds: Set<string>;
}

/** Personas that are updated side by side, step by step, so that their reads share requests; an SDK has 50 connections. */
const width = 50;

/** What a new rule asks for is kept from then on; until then it is a name among others. */
const freshMs = 15_000;

/**
 * Folds the interactions of a batch into the live profiles: grouped by persona, one atomic write each. A message comes again
 * when any of its personas was not done; for the others that has no effect.
 */
export function makeHandler(deps: UpdateDeps) {
  return async ({ Records }: QueueEvent): Promise<QueueAnswer> => {
    const { batches, unreadable } = batchesOf(Records);
    const undone = new Set(unreadable);
    const update = async ({ personaId, interactions, queueMessageIds }: PersonaBatch) => {
      try {
        await updatePersona(personaId, interactions, deps);
      } catch (error) {
        logger.error('A persona was not updated', { personaId, messages: queueMessageIds.size, error });
        for (const id of queueMessageIds) undone.add(id);
      }
    };
    for (const some of chunksOf([...batches.values()], width)) await Promise.all(some.map(update));
    return allBut(undone);
  };
}

function batchesOf(records: QueueEvent['Records']) {
  const batches = new Map<string, PersonaBatch>();
  const unreadable: string[] = [];
  for (const { messageId, body } of records) {
    try {
      const event = readBusEvent(body);
      if (event['detail-type'] !== 'InteractionsReceived')
        throw new UnexpectedShapeError(`Expected InteractionsReceived, got ${event['detail-type']}`);
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
  const { CUSTOMERS_TABLE, CATALOGUE_TABLE, IDENTIFIER_SETTINGS } = environment(
    'CUSTOMERS_TABLE',
    'CATALOGUE_TABLE',
    'IDENTIFIER_SETTINGS',
  );
  const client = new DynamoDBClient({});
  const catalogue = freshCatalogue({
    store: dynamoCatalogue(client, CATALOGUE_TABLE),
    now: Date.now,
    freshMs,
    onStale: (error) => logger.warn('The catalogue can’t be read; an older copy is used', { error }),
  });
  const { types } = identifierCatalogueOf(IDENTIFIER_SETTINGS);
  return makeHandler({
    personas: dynamoPersonas(client, CUSTOMERS_TABLE),
    namesInUse: ofCatalogue(catalogue, namesInUse),
    identities: dynamoIdentities(client, CUSTOMERS_TABLE, types),
    now: Date.now,
    pause: fullJitter(20, 500),
  });
});
