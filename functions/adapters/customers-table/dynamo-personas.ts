import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { storeOf } from '#adapters/dynamodb/batch-reader.ts';
import { ifVersion, putTogether } from '#adapters/dynamodb/conditional-write.ts';
import { decodeDay, encodeDay } from '#domain/profile/day-codec.ts';
import { hasSeen } from '#domain/profile/day-record.ts';
import { decodeOrder, encodeOrder } from '#domain/profile/order-codec.ts';
import { emptyState } from '#domain/profile/persona-state.ts';
import { decodeState, encodeState } from '#domain/profile/state-codec.ts';
import { hash64 } from '#domain/text/stable-hash.ts';
import type { LoadedPersona, PersonaChange, Personas } from '#ports/personas.ts';
import { customerPartition, daySort, isOrder, orderSort, personaKey } from './keys.ts';
import { fromAttributes, type StoredItem, toAttributes } from './persona-items.ts';
import { divideRecent, type RecentRecord, type RecentRecords } from './recent-records.ts';
import { recentBytes } from './recent-text.ts';

/** Message ids are remembered for this long after the last write to their day. */
const keptDaySeconds = 35 * 86_400;
/** Orders that a state keeps no longer are remembered for this long: goods come back after months. */
const keptOrderSeconds = 400 * 86_400;

/**
 * Personas in the customers table. To load one read, and another if touched records moved out of the persona's item, shared with
 * those that are loaded at the same time; to save one PutItem while all that is touched stands with the state, else one TransactWriteItems.
 */
export function dynamoPersonas(client: DynamoDBClient, table: string): Personas {
  const store = storeOf(client, table);

  async function readPersona(personaId: string, freshness: 'eventual' | 'latest'): Promise<StoredItem | undefined> {
    const key = personaKey(personaId);
    const item = (await store.read([key], freshness)).get(key);
    return item && fromAttributes(item);
  }

  /** Always the latest: a record that seems not to be there would be written into the persona's item, unseen by any condition. */
  async function readRecords(pk: string, sorts: readonly string[]): Promise<Map<string, StoredItem>> {
    const items = await store.read(sorts.map((sk) => ({ pk, sk })));
    return new Map(
      sorts.flatMap((sk): [string, StoredItem][] => {
        const item = items.get({ pk, sk });
        return item === undefined ? [] : [[sk, fromAttributes(item)]];
      }),
    );
  }

  return {
    async load(personaId, { days, orderKeys }, freshness = 'latest') {
      const pk = customerPartition(personaId);
      const persona = await readPersona(personaId, freshness);
      const state = persona === undefined ? emptyState() : decodeState(persona.record);
      const recent: RecentRecords = persona?.recent ?? new Map();
      const settledKeys = orderKeys.filter((key) => !state.orders.has(key));
      const sorts = [
        ...days.map((day) => daySort(personaId, day)),
        ...settledKeys.map((key) => orderSort(personaId, key)),
      ];
      const moved = persona?.hasMoved ? sorts.filter((sk) => !recent.has(sk)) : [];
      const items = await readRecords(pk, moved);
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
        state,
        days: found(days, (day) => daySort(personaId, day), decodeDay),
        orders: found(settledKeys, (key) => orderSort(personaId, key), decodeOrder),
        recent,
        isKnownBesides: knownIn(recent),
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
        // Only as it was read: then nobody wrote between the read and the write. A settled order was taken from the persona's item.
        ...(isOrder(item.sk) ? {} : ifVersion(loaded.recordVersions.get(item.sk))),
      }));
      return putTogether(client, puts);
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
    ...[...change.days].map(([day, record]) => kept(daySort(personaId, day), encodeDay(record))),
    ...[...change.orders].map(([key, record]) => kept(orderSort(personaId, key), encodeOrder(record))),
  ]);
  const inState = new Set([...change.state.orders.keys()].map((key) => orderSort(personaId, key)));
  const outside = new Map([...changed].filter(([sort]) => recordVersions.has(sort)));
  const remembered = [...loaded.recent].filter(([sort, { expiresAt }]) => expiresAt > now && !inState.has(sort));
  const inside = [...changed].filter(([sort]) => !outside.has(sort));
  const { stay, moveOut } = divideRecent(
    new Map([...remembered, ...inside]),
    (records) => recentBytes(records, personaId),
    (sort, { expiresAt }) => expiresAt - keptSeconds(sort),
  );

  const { pk, sk: personaSort } = personaKey(personaId);
  const common = { pk, version: loaded.version + 1 };
  return [
    {
      ...common,
      sk: personaSort,
      record: encodeState(change.state),
      ...(stay.size === 0 ? {} : { recent: stay }),
      hasMoved: loaded.hasMoved || outside.size + moveOut.size > 0,
    },
    ...[...outside, ...moveOut].map(([sk, { text, expiresAt }]) => ({ ...common, sk, record: text, expiresAt })),
  ];

  function kept(sort: string, text: string): readonly [string, RecentRecord] {
    return [sort, { text, expiresAt: now + keptSeconds(sort) }];
  }
}

/** Whether a message is in a day that stands with the state. Days are read where the message's id or its hash stands in their text. */
function knownIn(recent: RecentRecords): (messageId: string) => boolean {
  const texts = [...recent].filter(([sort]) => !isOrder(sort)).map(([, { text }]) => text);
  return (messageId) => {
    const forms = [JSON.stringify(messageId), hash64(messageId)];
    return texts.some((text) => forms.some((form) => text.includes(form)) && hasSeen(decodeDay(text), messageId));
  };
}

function keptSeconds(sort: string): number {
  return isOrder(sort) ? keptOrderSeconds : keptDaySeconds;
}
