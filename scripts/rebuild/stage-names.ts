import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import { readCatalogue } from '#domain/catalogue/catalogue.ts';
import { namesInUse } from '#domain/catalogue/names-in-use.ts';
import type { NamesInUse } from '#domain/text/keeping.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';

/** The names that a stage's catalogue asks profiles for, as it is now. */
export async function stageNames(target: Target): Promise<NamesInUse> {
  const client = new DynamoDBClient(target.client);
  const { items } = await dynamoCatalogue(client, outputOf(target, 'CatalogueTableName')).load();
  client.destroy();
  return namesInUse(readCatalogue(items));
}
