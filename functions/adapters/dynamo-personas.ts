import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  TransactionConflictException,
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
import type { LoadedPersona, PersonaChange, Personas } from '#ports';
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

/**
 * Personas in the customers table: one BatchGetItem to load; to save one PutItem while everything happens on the persona's
 * newest day, else one TransactWriteItems.
 */
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
      const stored = persona?.newestDay;
      const newestDay = stored === undefined ? undefined : { day: stored.day, record: decodeDay(stored.record) };
      const found = <Record>(ids: readonly string[], recordOf: (id: string) => Record | undefined) =>
        new Map(
          ids.flatMap((id): [string, Record][] => {
            const record = recordOf(id);
            return record === undefined ? [] : [[id, record]];
          }),
        );
      const decoded = <Record>(sk: string, decode: (text: string) => Record) => {
        const item = items.get(sk);
        return item === undefined ? undefined : decode(item.record);
      };
      return {
        personaId,
        version: persona?.version ?? 0,
        state: persona === undefined ? emptyState() : decodeState(persona.record),
        days: found(days, (day) =>
          day === newestDay?.day ? newestDay.record : decoded(daySort(personaId, day), decodeDay),
        ),
        orders: found(orderIds, (orderId) => decoded(orderSort(personaId, orderId), decodeOrder)),
        ...(newestDay === undefined ? {} : { newestDay }),
        recordVersions: new Map([...items.values()].map((item) => [item.sk, item.version])),
      };
    },

    async save(loaded, change, nowMs) {
      const puts = itemsOf(loaded, change, nowMs).map((item) => ({
        TableName: table,
        Item: toAttributes(item),
        ...conditionOf(item, loaded),
      }));
      const [only] = puts;
      try {
        await (puts.length === 1 && only !== undefined
          ? client.send(new PutItemCommand(only))
          : client.send(new TransactWriteItemsCommand({ TransactItems: puts.map((Put) => ({ Put })) })));
        return 'saved';
      } catch (error) {
        if (isConflict(error)) return 'conflict';
        throw error;
      }
    },
  };
}

/** The items that a change writes: the persona with its newest day, the other days that changed or had been the newest, the orders. */
function itemsOf(loaded: LoadedPersona, change: PersonaChange, nowMs: number): StoredItem[] {
  const { personaId, newestDay: before } = loaded;
  const common = { pk: customerPartition(personaId), version: loaded.version + 1 };
  const expiresAt = Math.floor(nowMs / 1000) + keptSeconds;
  const days = new Map([...(before === undefined ? [] : [[before.day, before.record] as const]), ...change.days]);
  const newest = [...days.keys()].reduce((latest, day) => (day > latest ? day : latest), '');
  const newestRecord = days.get(newest);
  days.delete(newest);
  return [
    {
      ...common,
      sk: personaSort(personaId),
      record: encodeState(change.state),
      ...(newestRecord === undefined ? {} : { newestDay: { day: newest, record: encodeDay(newestRecord) } }),
    },
    ...[...days].map(([day, record]) => ({
      ...common,
      sk: daySort(personaId, day),
      expiresAt,
      record: encodeDay(record),
    })),
    ...[...change.orders].map(([orderId, record]) => ({
      ...common,
      sk: orderSort(personaId, orderId),
      expiresAt,
      record: encodeOrder(record),
    })),
  ];
}

/** An item may be written only if it still has the version that was read: then nobody wrote between the read and the write. */
function conditionOf({ sk }: StoredItem, { recordVersions }: LoadedPersona) {
  const before = recordVersions.get(sk);
  return before === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'version = :before', ExpressionAttributeValues: { ':before': { N: String(before) } } };
}

function isConflict(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
  return codes.some((code) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict');
}
