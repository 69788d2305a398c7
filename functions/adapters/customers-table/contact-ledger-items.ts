import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { ifVersion } from '#adapters/dynamodb/conditional-write.ts';
import type { ContactLedger } from '#domain/contact-policy/contact-ledger.ts';
import { decodeLedger, encodeLedger } from '#domain/contact-policy/ledger-codec.ts';
import type { StoredLedger } from '#ports/contact-ledgers.ts';
import { contactsKey } from './keys.ts';
import { packedAttributes, packedItemFrom } from './packed-items.ts';

const daySeconds = 86_400;
/** Longer than any window of a cap, which is at most 366 days. */
const keptSeconds = 400 * daySeconds;
/** Who is held out is contacted by nobody and written no more, while the arm must stay as long as experiments last. */
const keptExposedSeconds = 3 * 366 * daySeconds;

/**
 * A ledger as the next version of what was read, as DynamoDB attributes with the condition under which they may be put. Versions
 * rise with the clock too, so that an item that expired and was made anew is never taken for the old one.
 */
export function putOfLedger(
  { customerId, version }: Pick<StoredLedger, 'customerId' | 'version'>,
  ledger: ContactLedger,
  nowMs: number,
) {
  return {
    Item: packedAttributes({
      ...contactsKey(customerId),
      version: Math.max(version + 1, nowMs),
      record: encodeLedger(ledger),
      expiresAt: Math.floor(nowMs / 1000) + (ledger.exposures.length > 0 ? keptExposedSeconds : keptSeconds),
    }),
    ...ifVersion(version === 0 ? undefined : version),
  };
}

/** Reads a stored ledger; version 0 when there is none. Throws {@link UnexpectedShapeError}. */
export function ledgerOf(customerId: string, attributes: Record<string, AttributeValue> | undefined): StoredLedger {
  if (attributes === undefined) return { customerId, version: 0, ledger: undefined };
  const { version, record } = packedItemFrom(attributes);
  return { customerId, version, ledger: decodeLedger(record) };
}
