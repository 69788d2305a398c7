import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { dynamoContactLedgers } from '#adapters/customers-table/dynamo-contact-ledgers.ts';
import { dayMs } from '#domain/calendar/days.ts';
import { boundedLedger } from '#domain/contact-policy/bounded-ledger.ts';
import { contactCheck } from '#domain/contact-policy/contact-check.ts';
import { type Contact, emptyLedger, withContacts, withoutDecision } from '#domain/contact-policy/contact-ledger.ts';
import { hash32 } from '#domain/text/stable-hash.ts';
import { Direction } from '#domain/vocabulary/channel.ts';
import type { ContactLedgers } from '#ports/contact-ledgers.ts';
import { contact, policy } from '#support/builders/contact.ts';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';
import { type RegroupedCustomers, regroupedCustomers } from '#support/regrouped-customers.ts';
import { sizeOf } from '#support/size-of.ts';

const trials = sizeOf({ part: 1, whole: 20 });
const decisions = 500;
vi.setConfig({ testTimeout: 120_000 + trials * 30_000 });

const policies = [policy({ caps: [{ per: 'total', most: 2, windowDays: 7 }] })];
const start = Date.UTC(2026, 2, 10);

let table: TestTable;
let ledgers: ContactLedgers;
let customers: RegroupedCustomers;
beforeAll(async () => {
  table = await startTestTable();
  ledgers = dynamoContactLedgers(table.client, table.name);
  customers = regroupedCustomers(table, ledgers);
});
afterAll(() => table[Symbol.asyncDispose]());

/** Decides as decisions do: read whose ledger it is, check, write; from the start again when anybody came between. */
async function decide(wanted: Contact, pause: (step: string) => Promise<void>): Promise<Contact | undefined> {
  for (let attempt = 0; ; attempt++) {
    const { customerId, personas } = await customers.of(wanted.personaId);
    await pause(`pointer ${attempt}`);
    const stored = await ledgers.load(customerId);
    await pause(`ledger ${attempt}`);
    const ledger = withoutDecision(stored.ledger ?? emptyLedger(personas), wanted.decisionId);
    if (!ledger.personas.includes(wanted.personaId)) continue;
    const block = contactCheck({ policies, ledger, responses: [], nowMs: wanted.atMs, zone: 'UTC' })(wanted);
    if (block !== undefined) return undefined;
    const after = boundedLedger(withContacts(ledger, [wanted]), policies, wanted.atMs);
    if ((await ledgers.reserve(stored, after, wanted.atMs)) === 'saved') return wanted;
  }
}

/** A trial's decisions for five identifiers, inbound and outbound, within less than the window, in seeded disorder. */
function runTrial(trial: number, personaIds: readonly string[]): Promise<Contact | undefined>[] {
  const draw = (text: string, below: number) => hash32(`${trial} ${text}`) % below;
  return Array.from({ length: decisions }, async (_, index) => {
    const pause = (step: string) => wait(draw(`${index} ${step}`, 4));
    await wait(draw(`${index} start`, 120));
    const wanted = contact({
      atMs: start + draw(`${index} at`, 6 * dayMs),
      personaId: personaIds[draw(`${index} who`, personaIds.length)] ?? '',
      direction: Direction.options[draw(`${index} way`, 2)] ?? 'inbound',
      channel: ['web', 'email', 'call-centre'][draw(`${index} channel`, 3)] ?? '',
      decisionId: `${trial}-${index}`,
    });
    return decide(wanted, pause);
  });
}

async function regroup(customerOfPersona: ReadonlyMap<string, string>): Promise<void> {
  while (!(await customers.regroup(customerOfPersona, start))) await wait(1);
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const made = (outcomes: readonly (Contact | undefined)[]) => outcomes.filter((one) => one !== undefined);
const ids = (contacts: readonly Contact[]) => contacts.map(({ decisionId }) => decisionId).sort();

describe(`of ${decisions} concurrent decisions for five identifiers under a cap of 2 in 7 days`, () => {
  test(`exactly 2 are made, in ${trials} of ${trials} trials, while the customer is merged with others and unmerged again`, async () => {
    const counts = new Map<number, number>();
    let regroupings = 0;
    for (let trial = 0; trial < trials; trial++) {
      const own = [0, 1, 2, 3, 4].map((index) => `t${trial}-p${index}`);
      const others = [0, 1, 2].map((index) => `t${trial}-a${index}`);
      const alone = others.map((id) => [id, id] as const);
      const first = own[0] ?? '';
      await regroup(new Map([...own.map((id) => [id, first] as const), ...alone]));
      const running = Promise.all(runTrial(trial, own));
      // Who joins is older: so the customer's id changes with each merge, and its ledger moves.
      for (let round = 0; round < 12; round++) {
        const id = others[hash32(`${trial} ${round}`) % others.length] ?? first;
        const joined = round % 2 === 0;
        await regroup(new Map([...alone, ...own.map((one) => [one, joined ? id : first] as const)]));
        regroupings++;
        await wait(hash32(`${trial} ${round} wait`) % 12);
      }
      const contacts = made(await running);
      counts.set(contacts.length, (counts.get(contacts.length) ?? 0) + 1);
      const { customerId } = await customers.of(first);
      expect(ids((await ledgers.load(customerId)).ledger?.contacts ?? [])).toEqual(ids(contacts));
    }
    console.log(`contacts made → trials: ${JSON.stringify([...counts])}, regroupings: ${regroupings}`);
    expect([...counts]).toEqual([[2, trials]]);
  });

  test('none is lost while the identifiers are found to be one person one by one, and from then on there are no more', async () => {
    for (let trial = 0; trial < Math.ceil(trials / 10); trial++) {
      const own = [0, 1, 2, 3, 4].map((index) => `u${trial}-p${index}`);
      const running = Promise.all(runTrial(trial + 1000, own));
      for (let joined = 2; joined <= own.length; joined++) {
        await wait(hash32(`${trial} ${joined}`) % 30);
        await regroup(new Map(own.map((id, index) => [id, index < joined ? (own[0] ?? id) : id])));
      }
      const contacts = made(await running);
      const { ledger } = await ledgers.load(own[0] ?? '');
      expect(ids(ledger?.contacts ?? [])).toEqual(ids(contacts));
      expect(contacts.length).toBeGreaterThanOrEqual(2);
      expect(contacts.length).toBeLessThanOrEqual(2 * own.length);
      expect(made(await Promise.all(runTrial(trial + 2000, own)))).toEqual([]);
    }
  });
});
