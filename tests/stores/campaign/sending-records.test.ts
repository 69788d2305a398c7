import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoAddressRecords } from '#adapters/campaigns-table/dynamo-address-records.ts';
import { dynamoSendingRates } from '#adapters/campaigns-table/dynamo-sending-rates.ts';
import { dynamoSendingSwitch } from '#adapters/campaigns-table/dynamo-sending-switch.ts';
import { type SentMessage, withReturned } from '#domain/channel/address-record.ts';
import { policy } from '#support/builders/contact.ts';
import { startCampaignsTable } from '#support/campaigns-table.ts';
import type { TestTable } from '#support/local-dynamodb.ts';
import { addressReservations } from '#use-cases/send/address-reservations.ts';

const nowMs = Date.UTC(2026, 2, 10, 12);
let table: TestTable;
beforeAll(async () => {
  table = await startCampaignsTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const message = (messageId: string): SentMessage => ({
  messageId,
  atMs: nowMs,
  treatmentId: 'tv-email',
  offerId: 'tv',
  group: 'cross-sell',
  channel: 'email',
  direction: 'outbound',
  kind: 'standard',
});

describe('an address', () => {
  const reservations = () =>
    addressReservations({
      addresses: dynamoAddressRecords(table.client, table.name),
      now: () => nowMs,
      pause: () => new Promise((resolve) => setTimeout(resolve, Math.random() * 20)),
    });

  test('has no more messages than its cap, whoever sends at the same time', async () => {
    const policies = [policy({ caps: [{ per: 'address', most: 3, windowDays: 7 }] })];
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => reservations().reserve('capped', message(`m${index}`), policies)),
    );
    expect(answers.filter((answer) => answer === 'saved')).toHaveLength(3);
    expect(answers.filter((answer) => answer === 'address_cap')).toHaveLength(5);
  });

  test('counts a message that is tried again once, and one that is taken back not at all', async () => {
    const policies = [policy({ caps: [{ per: 'address', most: 1, windowDays: 7 }] })];
    const { reserve, release } = reservations();
    expect(await reserve('again', message('m1'), policies)).toBe('saved');
    expect(await reserve('again', message('m1'), policies)).toBe('saved');
    expect(await reserve('again', message('m2'), policies)).toBe('address_cap');
    await release('again', 'm1');
    expect(await reserve('again', message('m2'), policies)).toBe('saved');
  });

  test('keeps what came back from it', async () => {
    const { change, reserve } = reservations();
    await change('bounced', (record) => withReturned(record, { kind: 'hard-bounce', eventId: 'f1', atMs: nowMs }));
    expect(await reserve('bounced', message('m1'), [])).toBe('suppressed');
  });
});

test('the switch is open until somebody throws it', async () => {
  const sendingSwitch = dynamoSendingSwitch(table.client, table.name);
  expect(await sendingSwitch.read()).toEqual({ stopped: false });
  const thrown = { stopped: true, changedAt: '2026-03-10T12:00:00.000Z', changedBy: 'c-1' };
  await sendingSwitch.set(thrown);
  expect(await sendingSwitch.read()).toEqual(thrown);
});

test('a minute of a channel is shared out once, whoever takes', async () => {
  const rates = dynamoSendingRates(table.client, table.name);
  const taken = await Promise.all(Array.from({ length: 6 }, () => rates.take('email', nowMs, 30, 100)));
  expect(taken.reduce((sum, each) => sum + each, 0)).toBe(100);
  expect(await rates.take('sms', nowMs, 30, 100)).toBe(30);
  expect(await rates.take('email', nowMs + 60_000, 30, 100)).toBe(30);
});
