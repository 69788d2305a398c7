import type { ItemKey } from '#adapters/dynamodb/read-items.ts';
import type { ResponseSlot } from '#domain/propensity/learn-responses.ts';
import { type ModelKey, modelName } from '#domain/propensity/model-key.ts';

/**
 * The key design of the models table: a partition for whatever a model is of, and one for presentations that wait for an answer.
 *
 * | partition                                          | sort key        | item                                                              |
 * |----------------------------------------------------|-----------------|-------------------------------------------------------------------|
 * | `treatment#<id>`, `offer#<id>` or `channel#<id>`   | `model`         | the model                                                         |
 * | `treatment#<id>`                                   | `taught#<hour>` | the presentations of the hour's decisions that it has learned from |
 * | `waiting`                                          | `<time>#<hash>` | presentations that count as ignored from then on                  |
 *
 * A partition takes 1,000 write units a second; waiting presentations come by the hundreds an item, from two functions at most.
 */
export const modelItemKey = (key: ModelKey): ItemKey => ({ pk: modelName(key), sk: 'model' });

export const processedItemKey = ({ treatmentId, hour }: ResponseSlot): ItemKey => ({
  pk: modelName({ kind: 'treatment', id: treatmentId }),
  sk: `taught#${hour}`,
});

export const waitingPartition = 'waiting';
/** Key of presentations that are due at a time, ISO 8601. */
export const waitingKey = (dueAt: string, hash: string): ItemKey => ({ pk: waitingPartition, sk: `${dueAt}#${hash}` });
/** What the sort keys of all that is due by a time are less than: `$` comes after `#`. */
export const dueBefore = (nowMs: number) => `${new Date(nowMs).toISOString()}$`;
