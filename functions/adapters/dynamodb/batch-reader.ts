import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ItemKey, type ReadItems, type ReadItemsSettings, readItems } from './read-items.ts';

type Freshness = NonNullable<ReadItemsSettings['freshness']>;

/** A table with partitions that are sorted. */
export interface Store {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Reads as {@link readItems} does, the latest unless said otherwise; what is asked for in one turn of the event loop, together. */
  read(keys: readonly ItemKey[], freshness?: Freshness): Promise<ReadItems>;
}

/** A table whose readers share requests: of a function that does the same for many at a time, most of the work is its requests. */
export function storeOf(client: DynamoDBClient, table: string): Store {
  const gathering = new Map<Freshness, { readonly keys: ItemKey[]; readonly items: Promise<ReadItems> }>();

  function gather(freshness: Freshness) {
    const keys: ItemKey[] = [];
    const items = nextTurn().then(() => {
      gathering.delete(freshness);
      return readItems(client, table, keys, { freshness });
    });
    const begun = { keys, items };
    gathering.set(freshness, begun);
    return begun;
  }

  return {
    client,
    table,
    async read(keys, freshness = 'latest') {
      if (keys.length === 0) return { get: () => undefined };
      const { keys: together, items } = gathering.get(freshness) ?? gather(freshness);
      together.push(...keys);
      return items;
    },
  };
}
