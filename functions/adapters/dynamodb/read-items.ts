import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { chunksOf } from '#runtime/chunks-of.ts';
import { ItemsUnreadError } from '#runtime/errors.ts';
import { fullJitter, untilSettled } from '#runtime/retry.ts';

/** Keys of an item in a table with partitions that are sorted. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** Items that were read, by key. */
export interface ReadItems {
  get(key: ItemKey): Record<string, AttributeValue> | undefined;
}

export interface ReadItemsSettings {
  /** `eventual` costs half and may be a moment old. */
  readonly freshness?: 'eventual' | 'latest';
  /** Waits before attempt `n` + 1. */
  readonly pause?: (attempt: number) => Promise<void>;
}

/** BatchGetItem takes a hundred keys. */
const largestBatch = 100;
const attempts = 5;

/**
 * Reads items, the latest unless said otherwise: one round trip, of as many parallel BatchGetItem calls as a hundred keys each
 * need. Keys that come back unread are asked for again. Throws {@link ItemsUnreadError}.
 */
export async function readItems(
  client: DynamoDBClient,
  table: string,
  keys: readonly ItemKey[],
  { freshness = 'latest', pause = fullJitter(20, 200) }: ReadItemsSettings = {},
): Promise<ReadItems> {
  const wanted = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
  const found = new Map((await Promise.all(chunksOf(wanted, largestBatch).map(readBatch))).flat());
  return { get: (key) => found.get(nameOf(key)) };

  async function readBatch(batch: readonly ItemKey[]): Promise<[string, Record<string, AttributeValue>][]> {
    const read: [string, Record<string, AttributeValue>][] = [];
    const ConsistentRead = freshness === 'latest';
    let left = batch.map(keyAttributes);
    const settled = await untilSettled(attempts, pause, async () => {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead } } }),
      );
      for (const item of Responses?.[table] ?? []) {
        read.push([nameOf({ pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' }), item]);
      }
      left = UnprocessedKeys?.[table]?.Keys ?? [];
      return left.length === 0 ? 'read' : 'conflict';
    });
    if (settled === 'conflict') throw new ItemsUnreadError(`${left.length} keys stayed unread after ${attempts} reads`);
    return read;
  }
}

/** A key as DynamoDB attributes. */
export function keyAttributes({ pk, sk }: ItemKey): Record<string, AttributeValue> {
  return { pk: { S: pk }, sk: { S: sk } };
}

function nameOf({ pk, sk }: ItemKey): string {
  return `${pk} ${sk}`;
}
