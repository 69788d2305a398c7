import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, inject, test } from 'vitest';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { leadsToPerson } from '#domain/privacy/personal-data.ts';
import { openingKeysOf } from '#scripts/recover/opening-keys-of.ts';
import { localTarget } from '#scripts/target/target.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';
import { faultyAssembly } from '#support/faulty-assembly.ts';
import { sendFuzzed } from '#support/send-fuzzed.ts';

const requests = Number(process.env.FUZZED_REQUESTS ?? 600);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_122);
const now = ['--now', '2026-06-01T12:00:00Z'];

// A schema that takes names of at most 14 characters: it refuses "Order Completed".
const assembly = faultyAssembly(
  inject('assembly'),
  'collect-interactions',
  '{id:255,messageId:128,name:512,channel:64}',
  '{id:255,messageId:128,name:14,channel:64}',
);
const scratch = mkdtempSync(join(tmpdir(), 'lemniscate-test-'));
afterAll(() => {
  for (const folder of [assembly, scratch]) rmSync(folder, { recursive: true, force: true });
});

/** Runs a script of `npm run` against a cloud and gives what it printed. */
async function run(cloud: TestCloud, script: string, ...args: string[]): Promise<string> {
  const file = join(scratch, 'cloud.json');
  writeFileSync(file, JSON.stringify(cloud.info));
  const env = { ...process.env, LEMNISCATE_CLOUD_FILE: file };
  const ran = promisify(execFile)(process.execPath, [`scripts/${script}/main.ts`, ...args], { env });
  // What it printed tells more than that it failed.
  const { stdout } = await ran.catch((error: { stdout: string }) => error);
  return stdout;
}

const landedIn = async (cloud: TestCloud) =>
  new Set((await cloud.query('SELECT message_id FROM v_interactions')).map(({ message_id }) => message_id));

test(`of ${requests} fuzzed requests, what a faulty schema refused arrives after the fix and recover, all of it`, async () => {
  const right = await startTestCloud(...now);
  const expected = await sendFuzzed(right, requests, seed);
  await right.stop();

  const state = join(scratch, 'state');
  const faulty = await startTestCloud('--assembly', assembly, '--state', state, ...now);
  const before = await sendFuzzed(faulty, requests, seed);
  expect(before.unexplained).toEqual([]);
  await faulty.stop();
  const lost = before.rejected.length - expected.rejected.length;
  expect(lost).toBeGreaterThan(requests / 10);

  const fixed = await startTestCloud('--state', state, ...now);
  try {
    const range = ['--from', '2026-06-01', '--to', '2026-06-01'];
    const said = await run(fixed, 'recover', ...range);
    expect(said).toContain(
      `${before.rejected.length} refused events found, ${lost} are valid now, ${expected.rejected.length} stay refused`,
    );
    expect(said).toContain(`${lost} of ${lost} accepted`);
    await fixed.settle();
    const landed = await landedIn(fixed);
    // Ids of messages that brought none are made at the door, and are others each time.
    expect(landed.size).toBe(expected.accepted.size);
    const brought = before.rejected.flatMap(({ messageId }) => messageId ?? []);
    // An id that names somebody lands as its keyed hash.
    const { hash } = identityKeyOf((await openingKeysOf(localTarget(fixed.info))).identitySecret);
    const landsAs = (id: string) => (leadsToPerson(id) ? `hashed-${hash('message-id', id)}` : id);
    expect(brought.filter((id) => expected.accepted.has(id) && !landed.has(landsAs(id)))).toEqual([]);
    expect(await run(fixed, 'rebuild')).toContain(', 0 differ');
    console.log(`${requests} requests: ${before.accepted.size} accepted at once, ${lost} recovered, none lost`);
  } finally {
    await fixed.stop();
  }
}, 3_600_000);
