import { type DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { conditionalWrite, ifVersion } from '#adapters/dynamodb/conditional-write.ts';
import { readItems } from '#adapters/dynamodb/read-items.ts';
import { type Learned, slotName } from '#domain/propensity/learn-responses.ts';
import { modelName } from '#domain/propensity/model-key.ts';
import type { TrainingStore } from '#ports/training-store.ts';
import { modelItemKey, processedItemKey } from './keys.ts';
import { modelIn, modelItem, processedIn, processedItem } from './model-items.ts';

/** Presentations are remembered for this long after the last write to their slot. */
const keptSeconds = 35 * 86_400;

/** Models for learning: one consistent read, and one transaction of all that changed, each item conditional on its version. */
export function dynamoTrainingStore(client: DynamoDBClient, table: string): TrainingStore {
  return {
    async load({ models, slots }) {
      const items = await readItems(client, table, [...models.map(modelItemKey), ...slots.map(processedItemKey)]);
      const versions = new Map<string, number>();
      const found = <Key, Value>(
        keys: readonly Key[],
        nameOf: (key: Key) => string,
        read: (key: Key) => { version: number; value: Value } | undefined,
      ) =>
        new Map(
          keys.flatMap((key): [string, Value][] => {
            const stored = read(key);
            if (stored === undefined) return [];
            versions.set(nameOf(key), stored.version);
            return [[nameOf(key), stored.value]];
          }),
        );
      return {
        models: found(models, modelName, (key) => {
          const item = items.get(modelItemKey(key));
          return item && modelIn(item);
        }),
        processed: found(slots, slotName, (slot) => {
          const item = items.get(processedItemKey(slot));
          return item && processedIn(item);
        }),
        touched: { models, slots },
        versions,
      };
    },

    async save({ touched, versions }, changed: Learned, nowMs) {
      const expiresAt = Math.floor(nowMs / 1000) + keptSeconds;
      const next = (name: string) => (versions.get(name) ?? 0) + 1;
      const puts = [
        ...touched.models.flatMap((key) => {
          const name = modelName(key);
          const record = changed.models.get(name);
          return record === undefined ? [] : [{ name, Item: modelItem(key, record, next(name)) }];
        }),
        ...touched.slots.flatMap((slot) => {
          const name = slotName(slot);
          const processed = changed.processed.get(name);
          return processed === undefined ? [] : [{ name, Item: processedItem(slot, processed, next(name), expiresAt) }];
        }),
      ].map(({ name, Item }) => ({ Put: { TableName: table, Item, ...ifVersion(versions.get(name)) } }));
      return conditionalWrite(client.send(new TransactWriteItemsCommand({ TransactItems: puts })));
    },
  };
}
