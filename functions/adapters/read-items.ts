import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PersonaContendedError } from '#shared/errors.ts';
import { fullJitter } from '#shared/pause.ts';

/** Keys of an item of the customers table. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** Items that were read, by key. */
export interface ReadItems {
  get(key: ItemKey): Record<string, AttributeValue> | undefined;
}

/** BatchGetItem takes a hundred keys. */
const largestBatch = 100;
const attempts = 5;

/**
 * Reads items with strong consistency: one round trip, of as many parallel BatchGetItem calls as a hundred keys each need.
 * Keys that come back unread are asked for again. Throws {@link PersonaContendedError}.
 */
export async function readItems(
  client: DynamoDBClient,
  table: string,
  keys: readonly ItemKey[],
  pause = fullJitter(20, 200),
): Promise<ReadItems> {
  const wanted = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
  const batches = Array.from({ length: Math.ceil(wanted.length / largestBatch) }, (_, index) =>
    wanted.slice(index * largestBatch, (index + 1) * largestBatch),
  );
  const found = new Map((await Promise.all(batches.map(readBatch))).flat());
  return { get: (key) => found.get(nameOf(key)) };

  async function readBatch(batch: readonly ItemKey[]): Promise<[string, Record<string, AttributeValue>][]> {
    const read: [string, Record<string, AttributeValue>][] = [];
    let left = batch.map(({ pk, sk }): Record<string, AttributeValue> => ({ pk: { S: pk }, sk: { S: sk } }));
    for (let attempt = 1; left.length > 0; attempt++) {
      if (attempt > attempts)
        throw new PersonaContendedError(`${left.length} keys stayed unread after ${attempts} reads`);
      if (attempt > 1) await pause(attempt);
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
      );
      for (const item of Responses?.[table] ?? []) {
        read.push([nameOf({ pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' }), item]);
      }
      left = UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return read;
  }
}

function nameOf({ pk, sk }: ItemKey): string {
  return `${pk} ${sk}`;
}
