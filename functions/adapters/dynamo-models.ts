import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KnownModels } from '#domain/decision/model-propensities.ts';
import { type ModelKey, modelName } from '#domain/propensity/model-key.ts';
import type { ModelRecord } from '#domain/propensity/propensity-model.ts';
import type { Models } from '#ports';
import { ModelsUnreadError } from '#shared/errors.ts';
import { fullJitter } from '#shared/pause.ts';
import { modelIn, modelItemKey } from './model-items.ts';

/** BatchGetItem takes a hundred keys. */
const largestBatch = 100;
const attempts = 3;

/**
 * Models for deciding, remembered in the function: a call of BatchGetItem for every hundred when one is asked for first or when
 * what is remembered is older than `keptMs`; then all that were ever asked for are read again, at half the price of
 * consistent reads.
 */
export function dynamoModels(
  client: DynamoDBClient,
  table: string,
  {
    keptMs,
    now,
    pause = fullJitter(10, 50),
  }: { keptMs: number; now: () => number; pause?: (attempt: number) => Promise<void> },
): Models {
  const asked = new Map<string, ModelKey>();
  let known:
    | { readonly models: KnownModels; readonly names: ReadonlySet<string>; readonly readAtMs: number }
    | undefined;

  return {
    async load(keys) {
      for (const key of keys) asked.set(modelName(key), key);
      const isFresh = known !== undefined && now() - known.readAtMs < keptMs;
      if (known !== undefined && isFresh && keys.every((key) => known?.names.has(modelName(key)))) return known.models;
      const readAtMs = now();
      const names = new Set(asked.keys());
      const records = await read([...asked.values()]);
      const models: KnownModels = { of: (kind, id) => records.get(modelName({ kind, id })) };
      known = { models, names, readAtMs };
      return models;
    },
  };

  async function read(keys: readonly ModelKey[]): Promise<Map<string, ModelRecord>> {
    const batches = Array.from({ length: Math.ceil(keys.length / largestBatch) }, (_, index) =>
      keys.slice(index * largestBatch, (index + 1) * largestBatch),
    );
    return new Map((await Promise.all(batches.map(readBatch))).flat());
  }

  async function readBatch(keys: readonly ModelKey[]): Promise<[string, ModelRecord][]> {
    const read: [string, ModelRecord][] = [];
    let left = keys
      .map(modelItemKey)
      .map(({ pk, sk }): Record<string, AttributeValue> => ({ pk: { S: pk }, sk: { S: sk } }));
    for (let attempt = 1; left.length > 0; attempt++) {
      if (attempt > attempts)
        throw new ModelsUnreadError(`${left.length} models stayed unread after ${attempts} reads`);
      if (attempt > 1) await pause(attempt);
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left } } }),
      );
      for (const item of Responses?.[table] ?? []) read.push([item.pk?.S ?? '', modelIn(item).value]);
      left = UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return read;
  }
}
