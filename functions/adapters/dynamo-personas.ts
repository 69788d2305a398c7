import {
  BatchGetItemCommand,
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  decodeDay,
  decodeOrder,
  decodeState,
  emptyState,
  encodeDay,
  encodeOrder,
  encodeState,
} from '#domain/profile/profile.ts';
import type { LoadedPersona, Personas } from '#ports';
import { PersonaContendedError } from '#shared/errors.ts';
import {
  customerPartition,
  daySort,
  fromAttributes,
  orderSort,
  personaSort,
  type StoredItem,
  toAttributes,
} from './persona-items.ts';

/** Message ids and order ids are remembered for this long after the last write to their record. */
const keptSeconds = 35 * 86_400;
const readAttempts = 5;

/** Personas in the customers table: one BatchGetItem to load, one TransactWriteItems to save. */
export function dynamoPersonas(client: DynamoDBClient, table: string): Personas {
  async function read(keys: readonly { pk: string; sk: string }[]): Promise<Map<string, StoredItem>> {
    const items = new Map<string, StoredItem>();
    let wanted = keys.map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } }));
    for (let attempt = 1; wanted.length > 0; attempt++) {
      const answer = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }),
      );
      for (const attributes of answer.Responses?.[table] ?? []) {
        const item = fromAttributes(attributes);
        items.set(item.sk, item);
      }
      const left = new Set((answer.UnprocessedKeys?.[table]?.Keys ?? []).map((key) => key.sk?.S));
      if (left.size > 0 && attempt === readAttempts)
        throw new PersonaContendedError(`${left.size} keys stayed unread after ${attempt} reads`);
      wanted = wanted.filter((key) => left.has(key.sk.S));
    }
    return items;
  }

  return {
    async load(personaId, { days, orderIds }) {
      const pk = customerPartition(personaId);
      const sorts = [
        personaSort(personaId),
        ...days.map((day) => daySort(personaId, day)),
        ...orderIds.map((orderId) => orderSort(personaId, orderId)),
      ];
      const items = await read(sorts.map((sk) => ({ pk, sk })));
      const persona = items.get(personaSort(personaId));
      const found = <Record>(
        ids: readonly string[],
        sortOf: (id: string) => string,
        decode: (text: string) => Record,
      ) =>
        new Map(
          ids.flatMap((id) => {
            const item = items.get(sortOf(id));
            return item === undefined ? [] : [[id, decode(item.record)] as const];
          }),
        );
      return {
        personaId,
        version: persona?.version ?? 0,
        state: persona === undefined ? emptyState() : decodeState(persona.record),
        days: found(days, (day) => daySort(personaId, day), decodeDay),
        orders: found(orderIds, (orderId) => orderSort(personaId, orderId), decodeOrder),
        recordVersions: new Map([...items.values()].map((item) => [item.sk, item.version])),
      };
    },

    async save(loaded, change, nowMs) {
      const { personaId } = loaded;
      const pk = customerPartition(personaId);
      const version = loaded.version + 1;
      const expiresAt = Math.floor(nowMs / 1000) + keptSeconds;
      const items: StoredItem[] = [
        { pk, sk: personaSort(personaId), version, record: encodeState(change.state) },
        ...[...change.days].map(([day, record]) => ({
          pk,
          sk: daySort(personaId, day),
          version,
          expiresAt,
          record: encodeDay(record),
        })),
        ...[...change.orders].map(([orderId, record]) => ({
          pk,
          sk: orderSort(personaId, orderId),
          version,
          expiresAt,
          record: encodeOrder(record),
        })),
      ];
      try {
        await client.send(
          new TransactWriteItemsCommand({ TransactItems: items.map((item) => conditionalPut(table, item, loaded)) }),
        );
        return 'saved';
      } catch (error) {
        if (isConflict(error)) return 'conflict';
        throw error;
      }
    },
  };
}

/** Puts an item only if it still has the version that was read: then nobody wrote between the read and the write. */
function conditionalPut(table: string, item: StoredItem, loaded: LoadedPersona): TransactWriteItem {
  const before = loaded.recordVersions.get(item.sk);
  const condition =
    before === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'version = :before', ExpressionAttributeValues: { ':before': { N: String(before) } } };
  return { Put: { TableName: table, Item: toAttributes(item), ...condition } };
}

function isConflict(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
  return codes.some((code) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict');
}
