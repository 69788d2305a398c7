import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { modelIn } from '#adapters/models-table/model-items.ts';
import type { ModelRecord } from '#domain/propensity/propensity-model.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';

/** Every stored propensity model, by name. */
export async function storedModels(target: Target): Promise<Map<string, ModelRecord>> {
  const client = new DynamoDBClient(target.client);
  const input = {
    TableName: outputOf(target, 'ModelsTableName'),
    FilterExpression: 'sk = :model',
    ExpressionAttributeValues: { ':model': { S: 'model' } },
  };
  const models = new Map<string, ModelRecord>();
  try {
    for await (const { Items = [] } of paginateScan({ client }, input)) {
      for (const item of Items) models.set(item.pk?.S ?? '', modelIn(item).value);
    }
  } finally {
    client.destroy();
  }
  return models;
}
