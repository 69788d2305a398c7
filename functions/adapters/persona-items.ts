import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { parse } from '#shared/parse.ts';
import { packRecent, type RecentRecords, unpackRecent } from './recent-records.ts';

/**
 * Keys of the customers table. A persona and its records stand in the partition of the customer that it is part of:
 * `persona#<id>` its state with its recent records, `day#<date>#<id>` and `order#<id>#<order id>` the records that moved out.
 * They make repeats harmless.
 */
export const customerPartition = (customerId: string) => `customer#${customerId}`;
export const personaSort = (personaId: string) => `persona#${personaId}`;
export const personaOfSort = (sort: string) => sort.slice('persona#'.length);
export const daySortPrefix = (day: string) => `day#${day}`;
export const daySort = (personaId: string, day: string) => `${daySortPrefix(day)}#${personaId}`;
export const orderSort = (personaId: string, orderId: string) => `order#${personaId}#${orderId}`;

/** A stored item: its keys, its version for the conditional write, and its record as deflated JSON. */
export interface StoredItem {
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  /** JSON text of the record. */
  readonly record: string;
  /** A persona's recent records, which most interactions touch: so they need no item but the persona's. */
  readonly recent?: RecentRecords;
  /** Epoch seconds after which DynamoDB removes the item. */
  readonly expiresAt?: number;
}

const Item = z.object({
  pk: z.object({ S: z.string() }),
  sk: z.object({ S: z.string() }),
  version: z.object({ N: z.string().regex(/^\d+$/) }),
  record: z.object({ B: z.instanceof(Uint8Array) }),
  recent: z.object({ B: z.instanceof(Uint8Array) }).optional(),
  expiresAt: z.object({ N: z.string().regex(/^\d+$/) }).optional(),
});

/** A stored item as DynamoDB attributes. The record is deflated: write units are counted by the kilobyte. */
export function toAttributes(item: StoredItem): Record<string, AttributeValue> {
  return {
    pk: { S: item.pk },
    sk: { S: item.sk },
    version: { N: String(item.version) },
    record: { B: deflateRawSync(Buffer.from(item.record, 'utf8')) },
    ...(item.recent === undefined ? {} : { recent: { B: packRecent(item.recent) } }),
    ...(item.expiresAt === undefined ? {} : { expiresAt: { N: String(item.expiresAt) } }),
  };
}

/** Reads a stored item. Throws {@link UnexpectedShapeError}. */
export function fromAttributes(attributes: unknown): StoredItem {
  const item = parse(Item, attributes, 'An item of the customers table');
  return {
    pk: item.pk.S,
    sk: item.sk.S,
    version: Number(item.version.N),
    record: inflateRawSync(item.record.B).toString('utf8'),
    ...(item.recent === undefined ? {} : { recent: unpackRecent(item.recent.B) }),
    ...(item.expiresAt === undefined ? {} : { expiresAt: Number(item.expiresAt.N) }),
  };
}
