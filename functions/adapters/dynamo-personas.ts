import {
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
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
import { isConflict } from './is-conflict.ts';
import {
  customerPartition,
  daySort,
  fromAttributes,
  orderSort,
  personaSort,
  recentBytes,
  type StoredItem,
  toAttributes,
} from './persona-items.ts';
import { divideRecent, type RecentRecord } from './recent-records.ts';

/** Message ids and order ids are remembered for this long after the last write to their record. */
const keptSeconds = 35 * 86_400;
const readAttempts = 5;

/**
 * Personas in the customers table. To load one GetItem, and one BatchGetItem if touched records moved out of the persona's item;
 * to save one PutItem while all that is touched stands with the state, else one TransactWriteItems.
 */
export function dynamoPersonas(client: DynamoDBClient, table: string): Personas {
  async function readPersona(personaId: string, isConsistent: boolean): Promise<StoredItem | undefined> {
    const Key = { pk: { S: customerPartition(personaId) }, sk: { S: personaSort(personaId) } };
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: isConsistent }));
    return Item === undefined ? undefined : fromAttributes(Item);
  }

  /** Always consistent: a record that seems not to be there would be written into the persona's item, unseen by any condition. */
  async function readRecords(keys: readonly { pk: string; sk: string }[]): Promise<Map<string, StoredItem>> {
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
    async load(personaId, { days, orderIds }, freshness = 'latest') {
      const pk = customerPartition(personaId);
      const persona = await readPersona(personaId, freshness === 'latest');
      const recent = persona?.recent ?? new Map();
      const sorts = [
        ...days.map((day) => daySort(personaId, day)),
        ...orderIds.map((orderId) => orderSort(personaId, orderId)),
      ];
      const moved = persona?.hasMoved ? sorts.filter((sk) => !recent.has(sk)) : [];
      const items = await readRecords(moved.map((sk) => ({ pk, sk })));
      const found = <Record>(
        ids: readonly string[],
        sortOf: (id: string) => string,
        decode: (text: string) => Record,
      ) =>
        new Map(
          ids.flatMap((id): [string, Record][] => {
            const text = recent.get(sortOf(id))?.text ?? items.get(sortOf(id))?.record;
            return text === undefined ? [] : [[id, decode(text)]];
          }),
        );
      return {
        personaId,
        version: persona?.version ?? 0,
        state: persona === undefined ? emptyState() : decodeState(persona.record),
        days: found(days, (day) => daySort(personaId, day), decodeDay),
        orders: found(orderIds, (orderId) => orderSort(personaId, orderId), decodeOrder),
        recent,
        hasMoved: persona?.hasMoved ?? false,
        recordVersions: new Map(
          [...(persona === undefined ? [] : [persona]), ...items.values()].map((item) => [item.sk, item.version]),
        ),
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

/**
 * The items that a change writes: the persona with its recent records, the changed records that are items of their own, and
 * those that move out of the persona's item because it grew. A record never moves back, so that it stands in one place only.
 */
function itemsOf(loaded: LoadedPersona, change: PersonaChange, nowMs: number): StoredItem[] {
  const { personaId, recordVersions } = loaded;
  const now = Math.floor(nowMs / 1000);
  const changed = new Map<string, RecentRecord>([
    ...[...change.days].map(([day, record]) => [daySort(personaId, day), kept(encodeDay(record))] as const),
    ...[...change.orders].map(([id, record]) => [orderSort(personaId, id), kept(encodeOrder(record))] as const),
  ]);
  const outside = new Map([...changed].filter(([sort]) => recordVersions.has(sort)));
  const remembered = [...loaded.recent].filter(([, { expiresAt }]) => expiresAt > now);
  const inside = [...changed].filter(([sort]) => !outside.has(sort));
  const { stay, moveOut } = divideRecent(new Map([...remembered, ...inside]), (records) =>
    recentBytes(records, personaId),
  );

  const common = { pk: customerPartition(personaId), version: loaded.version + 1 };
  return [
    {
      ...common,
      sk: personaSort(personaId),
      record: encodeState(change.state),
      ...(stay.size === 0 ? {} : { recent: stay }),
      hasMoved: loaded.hasMoved || outside.size + moveOut.size > 0,
    },
    ...[...outside, ...moveOut].map(([sk, { text, expiresAt }]) => ({ ...common, sk, record: text, expiresAt })),
  ];

  function kept(text: string): RecentRecord {
    return { text, expiresAt: now + keptSeconds };
  }
}

/** An item may be written only if it still has the version that was read: then nobody wrote between the read and the write. */
function conditionOf({ sk }: StoredItem, { recordVersions }: LoadedPersona) {
  const before = recordVersions.get(sk);
  return before === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'version = :before', ExpressionAttributeValues: { ':before': { N: String(before) } } };
}
