import type { ItemKey } from '#adapters/dynamodb/read-items.ts';
import type { ResponseSlot } from '#domain/propensity/learn-responses.ts';
import { type ModelKey, modelName } from '#domain/propensity/model-key.ts';

/**
 * The key design of the models table: a partition for whatever a model is of.
 *
 * | partition                                          | sort key        | item                                                              |
 * |----------------------------------------------------|-----------------|-------------------------------------------------------------------|
 * | `treatment#<id>`, `offer#<id>` or `channel#<id>`   | `model`         | the model                                                         |
 * | `treatment#<id>`                                   | `taught#<hour>` | the presentations of the hour's decisions that it has learned from |
 */
export const modelItemKey = (key: ModelKey): ItemKey => ({ pk: modelName(key), sk: 'model' });

export const processedItemKey = ({ treatmentId, hour }: ResponseSlot): ItemKey => ({
  pk: modelName({ kind: 'treatment', id: treatmentId }),
  sk: `taught#${hour}`,
});
