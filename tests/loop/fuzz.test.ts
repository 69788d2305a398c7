import { afterAll, beforeAll, expect, test } from 'vitest';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { leadsToPerson } from '#domain/privacy/personal-data.ts';
import { openingKeysOf } from '#scripts/recover/opening-keys-of.ts';
import { localTarget } from '#scripts/target/target.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';
import { sendFuzzed } from '#support/send-fuzzed.ts';

/** `FUZZED_REQUESTS=20000 npx vitest run tests/loop/fuzz` runs the long form, of fuzz-recover too. */
const requests = Number(process.env.FUZZED_REQUESTS ?? 2000);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_122);

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.stop());

test(`${requests} fuzzed requests give no 5xx and no silent drop, and each refusal its reason`, async () => {
  const { accepted, rejected, unexplained } = await sendFuzzed(cloud, requests, seed);
  expect(unexplained).toEqual([]);
  expect(rejected.filter(({ reason }) => reason === undefined)).toEqual([]);
  expect(accepted.size).toBeGreaterThan(requests / 10);

  const landed = await cloud.query('SELECT message_id FROM v_interactions');
  const refused = await cloud.query(
    'SELECT sum(events) AS n FROM (SELECT DISTINCT rejection_id, events FROM rejected_interactions)',
  );
  // An id that names somebody lands as its keyed hash.
  const { hash } = identityKeyOf((await openingKeysOf(localTarget(cloud.info))).identitySecret);
  const landsAs = (id: string | null) => (id !== null && leadsToPerson(id) ? `hashed-${hash('message-id', id)}` : id);
  expect(new Set(landed.map(({ message_id }) => message_id))).toEqual(new Set([...accepted].map(landsAs)));
  expect(refused).toEqual([{ n: String(rejected.length) }]);
  console.log(`${requests} requests: ${accepted.size} messages accepted, ${rejected.length} events refused, none lost`);
}, 1_800_000);
