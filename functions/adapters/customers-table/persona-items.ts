import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { parse } from '#runtime/parse.ts';
import { personaOfSort } from './keys.ts';
import { PackedAttributes, type PackedItem, packedAttributes, unpackedItem } from './packed-items.ts';
import type { RecentRecords } from './recent-records.ts';
import { readRecentText, recentText } from './recent-text.ts';

/** A persona's state, or a record that moved out of it. */
export interface StoredItem extends PackedItem {
  /** A persona's recent records, which most interactions touch: so they need no item but the persona's. */
  readonly recent?: RecentRecords;
  /** Whether records ever moved out of the persona's item; while none did, there is nothing else to read. */
  readonly hasMoved?: boolean;
}

const PersonaAttributes = PackedAttributes.extend({ moved: z.object({ BOOL: z.literal(true) }).optional() });

/** A stored item as DynamoDB attributes; the record and its recent records are packed together. */
export function toAttributes({ recent, hasMoved, ...item }: StoredItem): Record<string, AttributeValue> {
  const texts = recent === undefined ? [item.record] : [item.record, recentText(recent, personaOfSort(item.sk))];
  return {
    // JSON on one line has no line break in it.
    ...packedAttributes({ ...item, record: texts.join('\n') }),
    ...(hasMoved ? { moved: { BOOL: true } } : {}),
  };
}

/** Reads a stored item. Throws {@link UnexpectedShapeError}. */
export function fromAttributes(attributes: unknown): StoredItem {
  const { moved, ...packed } = parse(PersonaAttributes, attributes, 'An item of the customers table');
  const item = unpackedItem(packed);
  const [record = '', recent] = item.record.split('\n');
  return {
    ...item,
    record,
    ...(recent === undefined ? {} : { recent: readRecentText(recent, personaOfSort(item.sk)) }),
    ...(moved === undefined ? {} : { hasMoved: true }),
  };
}
