import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { packText, unpackText } from '#adapters/dynamodb/packed-text.ts';
import { type ItemKey, keyAttributes } from '#adapters/dynamodb/read-items.ts';
import { parse } from '#runtime/parse.ts';

/** A stored item: its keys, its version for the conditional write, and its record. */
export interface PackedItem extends ItemKey {
  readonly version: number;
  /** JSON text of the record. */
  readonly record: string;
  /** Epoch seconds after which DynamoDB removes the item. */
  readonly expiresAt?: number;
}

const digits = z.string().regex(/^\d+$/);
/** A stored item as DynamoDB has it, its record packed. */
export const PackedAttributes = z.object({
  pk: z.object({ S: z.string() }),
  sk: z.object({ S: z.string() }),
  version: z.object({ N: digits }),
  record: z.object({ B: z.instanceof(Uint8Array) }),
  expiresAt: z.object({ N: digits }).optional(),
});

/** An item as DynamoDB attributes, its record packed. */
export function packedAttributes({ version, record, expiresAt, ...key }: PackedItem): Record<string, AttributeValue> {
  return {
    ...keyAttributes(key),
    version: { N: String(version) },
    record: { B: packText(record) },
    ...(expiresAt === undefined ? {} : { expiresAt: { N: String(expiresAt) } }),
  };
}

/** Reads what {@link packedAttributes} made. Throws {@link UnexpectedShapeError}. */
export function packedItemFrom(attributes: unknown): PackedItem {
  return unpackedItem(parse(PackedAttributes, attributes, 'An item of the customers table'));
}

/** An item whose attributes were read already. */
export function unpackedItem({ pk, sk, version, record, expiresAt }: z.output<typeof PackedAttributes>): PackedItem {
  return {
    pk: pk.S,
    sk: sk.S,
    version: Number(version.N),
    record: unpackText(record.B),
    ...(expiresAt === undefined ? {} : { expiresAt: Number(expiresAt.N) }),
  };
}
