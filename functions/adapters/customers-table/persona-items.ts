import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { parse, parseJson } from '#runtime/parse.ts';
import { packText, unpackText } from '../dynamodb/packed-text.ts';
import type { ItemKey } from '../dynamodb/read-items.ts';
import type { RecentRecords } from './recent-records.ts';

/**
 * Keys of the customers table. A persona and its records stand in the partition of the customer that it is while nothing links it, and stay there:
 * `persona#<id>` its state with its recent records, `day#<date>#<id>` and `order#<id>#<key>` (the order's) the records that moved out.
 * They make repeats harmless.
 */
export const customerPartition = (customerId: string) => `customer#${customerId}`;
export const personaSort = (personaId: string) => `persona#${personaId}`;
/** Key of a persona's item. */
export const personaKey = (personaId: string): ItemKey => ({
  pk: customerPartition(personaId),
  sk: personaSort(personaId),
});
export const personaOfSort = (sort: string) => sort.slice('persona#'.length);
export const daySortPrefix = (day: string) => `day#${day}`;
export const daySort = (personaId: string, day: string) => `${daySortPrefix(day)}#${personaId}`;
export const orderSort = (personaId: string, orderKey: string) => `order#${personaId}#${orderKey}`;
export const isOrder = (sort: string) => sort.startsWith('order#');

/** A stored item: its keys, its version for the conditional write, and its record. */
export interface StoredItem {
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  /** JSON text of the record. */
  readonly record: string;
  /** A persona's recent records, which most interactions touch: so they need no item but the persona's. */
  readonly recent?: RecentRecords;
  /** Whether records ever moved out of the persona's item; while none did, there is nothing else to read. */
  readonly hasMoved?: boolean;
  /** Epoch seconds after which DynamoDB removes the item. */
  readonly expiresAt?: number;
}

const Item = z.object({
  pk: z.object({ S: z.string() }),
  sk: z.object({ S: z.string() }),
  version: z.object({ N: z.string().regex(/^\d+$/) }),
  record: z.object({ B: z.instanceof(Uint8Array) }),
  moved: z.object({ BOOL: z.literal(true) }).optional(),
  expiresAt: z.object({ N: z.string().regex(/^\d+$/) }).optional(),
});

/** A stored item as DynamoDB attributes; the record and its recent records are packed together. */
export function toAttributes(item: StoredItem): Record<string, AttributeValue> {
  const texts = item.recent === undefined ? [item.record] : [item.record, recentText(item.recent, item.sk)];
  return {
    pk: { S: item.pk },
    sk: { S: item.sk },
    version: { N: String(item.version) },
    // JSON on one line has no line break in it.
    record: { B: packText(texts.join('\n')) },
    ...(item.hasMoved ? { moved: { BOOL: true } } : {}),
    ...(item.expiresAt === undefined ? {} : { expiresAt: { N: String(item.expiresAt) } }),
  };
}

/** Reads a stored item. Throws {@link UnexpectedShapeError}. */
export function fromAttributes(attributes: unknown): StoredItem {
  const item = parse(Item, attributes, 'An item of the customers table');
  const [record = '', recent] = unpackText(item.record.B).split('\n');
  return {
    pk: item.pk.S,
    sk: item.sk.S,
    version: Number(item.version.N),
    record,
    ...(recent === undefined ? {} : { recent: readRecent(recent, item.sk.S) }),
    ...(item.moved === undefined ? {} : { hasMoved: true }),
    ...(item.expiresAt === undefined ? {} : { expiresAt: Number(item.expiresAt.N) }),
  };
}

/** Bytes that recent records add to their persona's item, about. */
export function recentBytes(records: RecentRecords, personaId: string): number {
  return packText(recentText(records, personaSort(personaId))).length;
}

const Recent = z.array(z.tuple([z.string(), z.int(), z.unknown()]));

/** Tuples of a name, `d<date>` or `o<order key>`, expiry, and the record as JSON within JSON, because as a text its quotes would grow. */
function recentText(records: RecentRecords, sort: string): string {
  const orderPrefix = orderSort(personaOfSort(sort), '');
  const tuples = [...records].map(([own, { expiresAt, text }]) => {
    const name = own.startsWith(orderPrefix)
      ? `o${own.slice(orderPrefix.length)}`
      : `d${own.slice(daySortPrefix('').length, -personaOfSort(sort).length - 1)}`;
    return `[${JSON.stringify(name)},${expiresAt},${text}]`;
  });
  return `[${tuples.join(',')}]`;
}

function readRecent(text: string, sort: string): RecentRecords {
  const personaId = personaOfSort(sort);
  const tuples = parseJson(Recent, text, 'The recent records of a persona');
  return new Map(
    tuples.map(([name, expiresAt, record]) => {
      const id = name.slice(1);
      const own = name.startsWith('o') ? orderSort(personaId, id) : daySort(personaId, id);
      return [own, { expiresAt, text: JSON.stringify(record) }];
    }),
  );
}
