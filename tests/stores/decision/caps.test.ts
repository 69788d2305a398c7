import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamoContactLedgers } from '#adapters/customers-table/dynamo-contact-ledgers.ts';
import { dynamoIdentities } from '#adapters/customers-table/dynamo-identities.ts';
import { shownBy } from '#domain/decision/decision-effects.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import { randomOf } from '#scripts/world/random.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { planOf, question, testMaker } from '#support/builders/decision-maker.ts';
import { freeRules, keyOf } from '#support/generators/any-links.ts';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const seeds = Number(process.env.CAP_SEEDS ?? 2);
const decisions = Number(process.env.CAP_DECISIONS ?? 500);

const placements = [
  ['web/home-hero', 'web', 'inbound'],
  ['call-centre/desk', 'call-centre', 'inbound'],
  ['email/news', 'email', 'outbound'],
  ['push/moment', 'push', 'outbound'],
] as const;
// Consent is another test's: transactional offers need none, and this policy exempts no kind.
const items = [
  ...placements.map(([placementId, channel, direction]) =>
    saved('placements', { placementId, channel, touchpoint: channel, direction, limit: 2 }),
  ),
  saved('offer-groups'),
  saved('strategies'),
  saved('contact-policies', { exemptKinds: [] }),
  ...['a', 'b', 'c'].flatMap((offerId) => [
    saved('offers', { offerId, kind: 'transactional' }),
    ...placements.map(([placementId, channel]) =>
      saved('treatments', { treatmentId: `${offerId}-${channel}`, offerId, channel, placements: [placementId] }),
    ),
  ]),
];

test(`makes exactly 2 contacts of ${decisions} simultaneous decisions for one person under 5 identifiers, inbound and outbound, in ${seeds} seeded trials`, async () => {
  const plan = planOf(items);
  for (let seed = 1; seed <= seeds; seed += 1) {
    const random = randomOf(seed);
    const keys = Array.from({ length: 5 }, (_, index) => keyOf('user_id', seed * 100 + index));
    const personas = keys.map(personaOfKey);
    const [first = '', ...others] = keys;
    await dynamoIdentities(table.client, table.name, freeRules).link(
      { identifier: first, seenFirstMs: 1 },
      others.map((identifier) => ({ identifier, atMs: 1 })),
      Date.now(),
    );
    // Several functions, each with its own view of the world.
    const makers = Array.from({ length: 4 }, () => testMaker(table.client, table.name));
    const made = await Promise.all(
      Array.from({ length: decisions }, async () => {
        const asked = placements.filter(() => random.below(2) === 0).map(([placementId]) => placementId);
        const maker = makers[random.below(makers.length)] ?? makers[0];
        const ask = question(personas[random.below(5)] ?? '', asked.length === 0 ? ['email/news'] : asked);
        return maker?.decideOne(plan, ask);
      }),
    );
    const shown = made.flatMap((decision) => (decision === undefined ? [] : shownBy(decision)));
    const customerId = made[0]?.customerId ?? '';
    const { ledger } = await dynamoContactLedgers(table.client, table.name).load(customerId);
    expect([seed, shown.length, ledger?.contacts.length]).toEqual([seed, 2, 2]);
    expect(new Set(made.map((decision) => decision?.customerId))).toEqual(new Set([customerId]));
  }
}, 7_200_000);
