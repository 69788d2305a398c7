import { TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putOfLedger } from '#adapters/customers-table/contact-ledger-items.ts';
import { dynamoContactLedgers } from '#adapters/customers-table/dynamo-contact-ledgers.ts';
import { emptyLedger, withContacts } from '#domain/contact-policy/contact-ledger.ts';
import type { ContactLedgers } from '#ports/contact-ledgers.ts';
import { contact } from '#support/builders/contact.ts';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';

const now = Date.UTC(2026, 2, 10);
const one = withContacts(emptyLedger(['p1']), [contact({ atMs: now })]);

let table: TestTable;
let ledgers: ContactLedgers;
beforeAll(async () => {
  table = await startTestTable();
  ledgers = dynamoContactLedgers(table.client, table.name);
});
afterAll(() => table[Symbol.asyncDispose]());

describe('a contact ledger', () => {
  test('that nobody wrote has version 0', async () => {
    expect(await ledgers.load('nobody')).toEqual({ customerId: 'nobody', version: 0, ledger: undefined });
  });

  test('is read back as it was reserved', async () => {
    expect(await ledgers.reserve(await ledgers.load('a'), one, now)).toBe('saved');
    expect(await ledgers.load('a')).toEqual({ customerId: 'a', version: now, ledger: one });
  });

  test('is a conflict for all but the first of those who read the same', async () => {
    const empty = await ledgers.load('b');
    expect(await Promise.all([1, 2, 3].map(() => ledgers.reserve(empty, one, now)))).toEqual(
      expect.arrayContaining(['saved', 'conflict', 'conflict']),
    );
    const stored = await ledgers.load('b');
    expect(await ledgers.reserve(stored, one, now)).toBe('saved');
    expect(await ledgers.reserve(stored, one, now)).toBe('conflict');
  });

  test('rises in version with each write, even on a clock that stands or goes back', async () => {
    await ledgers.reserve(await ledgers.load('c'), one, now);
    await ledgers.reserve(await ledgers.load('c'), one, now);
    await ledgers.reserve(await ledgers.load('c'), one, now - 5000);
    expect((await ledgers.load('c')).version).toBe(now + 2);
  });

  test('made anew after it expired has a version that it never had', () => {
    const old = putOfLedger({ customerId: 'd', version: 0 }, one, now).Item.version?.N;
    const anew = putOfLedger({ customerId: 'd', version: 0 }, one, now + 1).Item.version?.N;
    expect(Number(anew)).toBeGreaterThan(Number(old));
  });

  test('is forgotten when no window of a cap can reach it any more', () => {
    const { expiresAt } = putOfLedger({ customerId: 'd', version: 0 }, one, now).Item;
    expect(Number(expiresAt?.N)).toBeGreaterThan(now / 1000 + 366 * 86_400);
  });

  test('in a transaction just then is a conflict', async () => {
    const busy = dynamoContactLedgers(
      Object.assign(Object.create(table.client), {
        send: () => Promise.reject(new TransactionConflictException({ message: 'busy', $metadata: {} })),
      }),
      table.name,
    );
    expect(await busy.reserve({ customerId: 'e', version: 0, ledger: undefined }, one, now)).toBe('conflict');
  });

  test('of two dozen contacts of three personas takes one write unit', () => {
    const uuid = (index: number) =>
      `0195${(index * 7919).toString(16).padStart(4, '0')}-7abc-7def-8123-${(index * 104_729_999_983).toString(16).padStart(12, '0').slice(-12)}`;
    const personas = [1, 2, 3].map((index) => uuid(index * 1000));
    const contacts = Array.from({ length: 24 }, (_, index) =>
      contact({
        atMs: now - index * 3_600_123,
        treatmentId: `loan-${index % 6}`,
        personaId: personas[index % 3] ?? '',
        decisionId: uuid(index),
      }),
    );
    const { Item } = putOfLedger(
      { customerId: uuid(0), version: 1 },
      withContacts(emptyLedger(personas), contacts),
      now,
    );
    const bytes = Object.entries(Item).reduce((sum, [name, value]) => {
      return sum + name.length + (value.S?.length ?? value.B?.length ?? 11);
    }, 0);
    expect(bytes).toBeLessThan(1024);
  });
});
