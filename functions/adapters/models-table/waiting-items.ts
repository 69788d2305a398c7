import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dictionaryPacking } from '#adapters/dynamodb/dictionary-packing.ts';
import { keyAttributes } from '#adapters/dynamodb/read-items.ts';
import { WaitingPresentation } from '#domain/propensity/waiting-presentation.ts';
import { parse, parseJson } from '#runtime/parse.ts';
import { waitingKey } from './keys.ts';

/** An item goes by itself should nobody look for so long: models would learn it twice by then. */
const keptSeconds = 30 * 86_400;

const { pack, unpack } = dictionaryPacking(
  Buffer.from(
    'T00:00:00.000Z"},{"decisionId":"019","decidedAt":"202","treatmentId":"","offerId":"","channel":"web","features":"","dueAt":"',
  ),
);

/** Presentations that are due at one time, as an item: equal ones are one, so that a repeated write is the same. */
export function waitingItem(
  dueAt: string,
  presentations: readonly WaitingPresentation[],
): Record<string, AttributeValue> {
  const record = pack(JSON.stringify(presentations));
  const digest = createHash('sha256').update(record).digest('base64url').slice(0, 22);
  return {
    ...keyAttributes(waitingKey(dueAt, digest)),
    record: { B: record },
    expiresAt: { N: String(Math.floor(Date.parse(dueAt) / 1000) + keptSeconds) },
  };
}

const Item = z.object({
  pk: z.object({ S: z.string() }),
  sk: z.object({ S: z.string() }),
  record: z.object({ B: z.instanceof(Uint8Array) }),
});

/** Reads an item of waiting presentations, with its key. Throws {@link UnexpectedShapeError}. */
export function waitingIn(item: Record<string, AttributeValue>) {
  const what = 'Waiting presentations';
  const { pk, sk, record } = parse(Item, item, what);
  return { key: { pk, sk }, presentations: parseJson(z.array(WaitingPresentation), unpack(record.B), what) };
}
