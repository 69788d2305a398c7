import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type ItemKey, keyAttributes } from '#adapters/dynamodb/read-items.ts';
import type { ResponseSlot } from '#domain/propensity/learn-responses.ts';
import { decodeModel, encodeModel } from '#domain/propensity/model-codec.ts';
import type { ModelKey } from '#domain/propensity/model-key.ts';
import { decodeProcessed, encodeProcessed, type ProcessedResponses } from '#domain/propensity/processed-responses.ts';
import type { ModelRecord } from '#domain/propensity/propensity-model.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import { parse } from '#runtime/parse.ts';
import { modelItemKey, processedItemKey } from './keys.ts';

/** A stored record with the number of writes so far. */
export interface Versioned<Value> {
  readonly version: number;
  readonly value: Value;
}

const Item = z.object({
  version: z.object({ N: z.string().regex(/^\d+$/) }),
  record: z.object({ B: z.instanceof(Uint8Array) }),
});

/** Reads a model's item. Throws {@link UnexpectedShapeError}. */
export function modelIn(item: Record<string, AttributeValue>): Versioned<ModelRecord> {
  return versioned(item, 'A model', decodeModel);
}

/** Reads the item of a slot. Throws {@link UnexpectedShapeError}. */
export function processedIn(item: Record<string, AttributeValue>): Versioned<ProcessedResponses> {
  return versioned(item, 'A slot of presentations', decodeProcessed);
}

/** The attributes of a model after a write. */
export function modelItem(key: ModelKey, record: ModelRecord, version: number): Record<string, AttributeValue> {
  return item(modelItemKey(key), encodeModel(record), version);
}

/** The attributes of a slot after a write; DynamoDB forgets it later, in epoch seconds. */
export function processedItem(
  slot: ResponseSlot,
  processed: ProcessedResponses,
  version: number,
  expiresAt: number,
): Record<string, AttributeValue> {
  return { ...item(processedItemKey(slot), encodeProcessed(processed), version), expiresAt: { N: String(expiresAt) } };
}

function item(key: ItemKey, record: Uint8Array, version: number) {
  return { ...keyAttributes(key), version: { N: String(version) }, record: { B: record } };
}

function versioned<Value>(
  attributes: Record<string, AttributeValue>,
  what: string,
  decode: (bytes: Uint8Array) => Value,
): Versioned<Value> {
  const { version, record } = parse(Item, attributes, what);
  try {
    return { version: Number(version.N), value: decode(record.B) };
  } catch (cause) {
    throw new UnexpectedShapeError(`${what} can’t be decoded`, { cause });
  }
}
