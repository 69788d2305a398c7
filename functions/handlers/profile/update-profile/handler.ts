import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoIdentities } from '#adapters/customers-table/dynamo-identities.ts';
import { dynamoPersonas } from '#adapters/customers-table/dynamo-personas.ts';
import { namesInUse } from '#domain/catalogue/names-in-use.ts';
import { freshDynamoCatalogue } from '#handlers/wiring/fresh-dynamo-catalogue.ts';
import { environment } from '#runtime/environment.ts';
import { identifierCatalogueOf } from '#runtime/identifier-settings.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { QueueEvent, queueHandler } from '#runtime/queue.ts';
import { fullJitter } from '#runtime/retry.ts';
import { ofCatalogue } from '#use-cases/catalogue/of-catalogue.ts';
import { updateProfiles } from '#use-cases/profile/update-profiles.ts';

/** What a new rule asks for is kept from then on; until then it is a name among others. */
const freshMs = 15_000;

export const handler = withRuntime('update-profile', QueueEvent, () => {
  const { CUSTOMERS_TABLE, IDENTIFIER_SETTINGS } = environment('CUSTOMERS_TABLE', 'IDENTIFIER_SETTINGS');
  const client = new DynamoDBClient({});
  const { types } = identifierCatalogueOf(IDENTIFIER_SETTINGS);
  return queueHandler(
    updateProfiles({
      personas: dynamoPersonas(client, CUSTOMERS_TABLE),
      namesInUse: ofCatalogue(freshDynamoCatalogue(client, freshMs), namesInUse),
      identities: dynamoIdentities(client, CUSTOMERS_TABLE, types),
      now: Date.now,
      pause: fullJitter(20, 500),
    }),
  );
});
