import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import type { Catalogue } from '#domain/catalogue/catalogue.ts';
import { environment } from '#runtime/environment.ts';
import { logger } from '#runtime/lambda.ts';
import { freshCatalogue } from '#use-cases/catalogue/fresh-catalogue.ts';

/** The catalogue of the table that the environment names, at most so old, or of an older copy while the table can’t be read. */
export function freshDynamoCatalogue(client: DynamoDBClient, freshMs: number): () => Promise<Catalogue> {
  const { CATALOGUE_TABLE } = environment('CATALOGUE_TABLE');
  return freshCatalogue({
    store: dynamoCatalogue(client, CATALOGUE_TABLE),
    now: Date.now,
    freshMs,
    onStale: (error) => logger.warn('The catalogue can’t be read; an older copy is used', { error }),
  });
}
