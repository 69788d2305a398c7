import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoContacts } from '#adapters/campaigns-table/dynamo-contacts.ts';
import { MemoryContacts } from '#adapters/in-memory/memory-contacts.ts';
import { isFinal } from '#domain/campaign/contact.ts';
import type { Settlement } from '#domain/campaign/settled-contact.ts';
import { tallyName } from '#domain/campaign/tally.ts';
import type { Contacts } from '#ports/contacts.ts';
import { campaignContact } from '#support/builders/campaign-contact.ts';
import { startCampaignsTable } from '#support/campaigns-table.ts';
import type { TestTable } from '#support/local-dynamodb.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startCampaignsTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const noon = Date.UTC(2026, 2, 10, 12);
const minute = 60_000;
/** A run of its own for each test: they share a table. */
let runs = 0;
const newRun = () => `spring-${++runs}`;
const refOf = (runId: string, customerId: string, chunk = 0) => ({ runId, chunk, customerId });

describe.each<[string, () => Contacts]>([
  ['in DynamoDB', () => dynamoContacts(table.client, table.name)],
  ['in memory', () => new MemoryContacts()],
])('contacts %s', (_, make) => {
  test('are there once, however often a chunk is added', async () => {
    const [contacts, runId] = [make(), newRun()];
    const all = Array.from({ length: 120 }, (_each, index) => campaignContact(`c${1000 + index}`, { runId }));
    await contacts.add(runId, 0, all.slice(0, 70));
    await Promise.all([contacts.add(runId, 0, all), contacts.add(runId, 0, all.toReversed())]);
    expect(await contacts.ofChunk(runId, 0)).toEqual(all);
    expect(await contacts.tallies(runId)).toEqual(new Map([[0, { pending: 120 }]]));
  });

  test('keep what became of them when they are added again', async () => {
    const [contacts, runId] = [make(), newRun()];
    const contact = campaignContact('c1', { runId });
    await contacts.add(runId, 0, [contact]);
    await contacts.settle([{ contact, to: { state: 'excluded', reason: 'outbid' } }], noon);
    await contacts.add(runId, 0, [contact]);
    expect(await contacts.find(contact)).toMatchObject({ state: 'excluded', reason: 'outbid', changedAtMs: noon });
  });

  test('are due from their time on, the longest due first, on their channel only', async () => {
    const [contacts, runId, other] = [make(), newRun(), newRun()];
    const on = (customerId: string, channel: string, dueAtMs: number) => {
      const made = campaignContact(customerId, { runId, dueAtMs });
      return { ...made, ...(made.choice && { choice: { ...made.choice, channel } }) };
    };
    await contacts.add(runId, 0, [
      on('late', 'push', noon),
      on('early', 'push', noon - minute),
      on('not-yet', 'push', noon + 1),
      on('other', 'sms', noon),
      campaignContact('kept-out', { runId, state: 'heldOut', choice: undefined, dueAtMs: undefined }),
    ]);
    await contacts.add(other, 0, [{ ...on('of-another-run', 'push', noon - minute), runId: other }]);
    expect(await contacts.due(runId, 'push', noon, 10)).toEqual([refOf(runId, 'early'), refOf(runId, 'late')]);
    expect(await contacts.due(runId, 'push', noon, 1)).toEqual([refOf(runId, 'early')]);
  });

  test('are claimed by one of many, and again when the claim lapses', async () => {
    const [contacts, runId] = [make(), newRun()];
    const contact = campaignContact('c1', { runId });
    await contacts.add(runId, 0, [contact]);
    const claim = (nowMs: number) => contacts.claim(contact, { nowMs, untilMs: nowMs + minute });
    const claims = await Promise.all([claim(noon), claim(noon), claim(noon)]);
    const [first, ...others] = claims.filter((each) => each !== undefined);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ isAgain: false, contact: { state: 'sending', attempts: 1 } });
    expect(await claim(noon + minute - 1)).toBeUndefined();
    expect(await claim(noon + minute)).toMatchObject({ isAgain: true, contact: { attempts: 2 } });
    expect(await contacts.tallies(runId)).toEqual(new Map([[0, { pending: 1 }]]));
  });

  test('are settled by who has the claim, not by who had it before', async () => {
    const [contacts, runId] = [make(), newRun()];
    const contact = campaignContact('c1', { runId });
    await contacts.add(runId, 0, [contact]);
    const old = await contacts.claim(contact, { nowMs: noon, untilMs: noon + minute });
    const now = await contacts.claim(contact, { nowMs: noon + minute, untilMs: noon + 2 * minute });
    if (old === undefined || now === undefined) throw new Error('no claim');
    const sent: Settlement = { state: 'contacted', providerId: 'm-1' };
    expect(await contacts.settle([{ contact: old.contact, to: sent }], noon)).toEqual(['stale']);
    expect(await contacts.settle([{ contact: now.contact, to: sent }], noon + minute)).toEqual(['settled']);
    expect(await contacts.find(contact)).toMatchObject({ state: 'contacted', providerId: 'm-1', attempts: 2 });
    expect(await contacts.claim(contact, { nowMs: noon + 9 * minute, untilMs: noon + 10 * minute })).toBeUndefined();
  });

  test('wait again when they are put off, and count as pending', async () => {
    const [contacts, runId] = [make(), newRun()];
    const contact = campaignContact('c1', { runId });
    await contacts.add(runId, 0, [contact]);
    const claim = await contacts.claim(contact, { nowMs: noon, untilMs: noon + minute });
    if (claim === undefined) throw new Error('no claim');
    await contacts.settle([{ contact: claim.contact, to: { state: 'pending', dueAtMs: noon + 60 * minute } }], noon);
    expect(await contacts.claim(contact, { nowMs: noon + 59 * minute, untilMs: noon + 99 * minute })).toBeUndefined();
    expect(await contacts.claim(contact, { nowMs: noon + 60 * minute, untilMs: noon + 99 * minute })).toMatchObject({
      isAgain: false,
    });
    expect(await contacts.tallies(runId)).toEqual(new Map([[0, { pending: 1 }]]));
  });

  test('of several chunks are settled together, and one that changed meanwhile holds no other up', async () => {
    const [contacts, runId] = [make(), newRun()];
    const here = Array.from({ length: 5 }, (_each, index) => campaignContact(`a${index}`, { runId }));
    const there = Array.from({ length: 3 }, (_each, index) => campaignContact(`b${index}`, { runId, chunk: 1 }));
    await contacts.add(runId, 0, here);
    await contacts.add(runId, 1, there);
    await contacts.claim(refOf(runId, 'a2'), { nowMs: noon, untilMs: noon + minute });
    const settled = await contacts.settle(
      [...here, ...there].map((contact) => ({ contact, to: { state: 'excluded', reason: 'cancelled' } })),
      noon,
    );
    expect(settled).toEqual(Array.from({ length: 8 }, (_each, index) => (index === 2 ? 'stale' : 'settled')));
    expect(await contacts.tallies(runId)).toEqual(
      new Map([
        [0, { pending: 1, 'excluded#cancelled': 4 }],
        [1, { 'excluded#cancelled': 3 }],
      ]),
    );
  });

  test('are counted exactly whatever many do to them at the same time', async () => {
    const act = fc.tuple(
      fc.nat({ max: 11 }),
      fc.constantFrom<Settlement | 'claim' | 'add'>(
        'claim',
        'add',
        { state: 'contacted' },
        { state: 'excluded', reason: 'merged' },
        { state: 'expired' },
        { state: 'pending', dueAtMs: noon },
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const [contacts, runId] = [make(), newRun()];
        const all = Array.from({ length: 12 }, (_each, index) => campaignContact(`c${10 + index}`, { runId }));
        await contacts.add(runId, 0, all.slice(0, 6));
        await Promise.all(
          acts.map(async ([index, what]) => {
            const contact = all[index] ?? campaignContact('c1', { runId });
            if (what === 'add') return contacts.add(runId, 0, [contact]);
            if (what === 'claim') return contacts.claim(contact, { nowMs: noon, untilMs: noon });
            const now = await contacts.find(contact);
            if (now === undefined || isFinal(now.state)) return undefined;
            return contacts.settle([{ contact: now, to: what }], noon);
          }),
        );
        const counted = Map.groupBy(await contacts.ofChunk(runId, 0), tallyName);
        const exact = Object.fromEntries([...counted].map(([name, { length }]) => [name, length]));
        expect((await contacts.tallies(runId)).get(0)).toEqual(exact);
      }),
      { numRuns: 20 },
    );
  });
});
