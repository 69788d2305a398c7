import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pointerKey } from '#adapters/customers-table/keys.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { shownBy } from '#domain/decision/decision-effects.ts';
import { localTarget, outputOf } from '#scripts/target/target.ts';
import { sizeOf } from '#support/size-of.ts';
import { startTwinClouds, type TwinClouds } from '#support/twin-clouds.ts';
import { type Known, type UnmergePlace, unmergePlace } from '#support/unmerge-place.ts';
import { type Event, unmergeWorld, type World } from '#support/unmerge-world.ts';

const worlds = Array.from({ length: sizeOf({ part: 4, whole: 20 }) }, (_, index) => unmergeWorld(index + 1));
const at = (time: string) => Date.parse(`2026-03-${time}Z`);

let clouds: TwinClouds;
/** Where each world's two customers are merged and taken apart again, and where they never were one. */
let merged: UnmergePlace;
let never: UnmergePlace;
beforeAll(async () => {
  clouds = await startTwinClouds('--now', '2026-03-01T12:00:00Z');
  [merged, never] = await clouds.both(unmergePlace);
});
afterAll(async () => {
  for (const place of [merged, never]) place.stop();
  await clouds.stop();
});

/** Does something in both clouds at once, and waits until it has had all its effects. */
async function inBoth<Result>(act: (place: UnmergePlace) => Promise<Result>): Promise<readonly [Result, Result]> {
  return clouds.both(async (cloud) => {
    const place = cloud === merged.cloud ? merged : never;
    const result = await act(place);
    await cloud.settle();
    return result;
  });
}

const send = (eventsOf: (world: World, isMerged: boolean) => readonly Event[]) =>
  inBoth((place) => place.send(worlds.flatMap((world) => eventsOf(world, place === merged))));
const ask = (asksOf: (world: World) => World['before']['asks']) => inBoth((place) => place.ask(worlds, asksOf));
// World by world: a function that many ask at once starts as many times.
const known = (atMs: number) =>
  inBoth(async (place) => {
    const all: Known[] = [];
    for (const world of worlds) all.push(await place.known(world, atMs));
    return all;
  });
const text = (value: unknown) => JSON.stringify(value, null, 1);

/** What a decision did, without what was found of the customer. */
const effectOf = (decision: Decision) => ({
  decisionId: decision.decisionId,
  personaId: decision.personaId,
  shown: shownBy(decision).map(({ candidate }) => candidate.treatmentId),
});

const exclusionsIn = ({ placements }: Decision) =>
  placements.flatMap(({ candidates }) => candidates.flatMap(({ excluded }) => excluded?.reason ?? []));

/** The kinds of what is known that differ between the clouds, in some world or other. */
function differences([one, other]: readonly [Known[], Known[]]): string[] {
  const parts: Record<string, (known: Known) => unknown> = {
    told: ({ told }) => told,
    segments: ({ stored }) => stored.map(({ segments }) => segments),
    ledgers: ({ stored }) => stored.map(({ ledgerBytes }) => ledgerBytes),
    features: ({ decided }) => decided.map(({ placements }) => placements.map(({ features }) => features)),
    choices: ({ decided }) => decided.map(effectOf),
  };
  return Object.entries(parts).flatMap(([name, part]) =>
    one.some((known, index) => text(part(known)) !== text(other.map(part)[index])) ? [name] : [],
  );
}

/**
 * The clouds have one identity key, and what is asked has equal ids and times in both, so all texts and bytes are compared as they
 * are. Left out is what tells of writes: their number and time (versions, `at`, `expiresAt`), and the identifiers that the linking
 * visit carried, which the other world's visit did not. (A decision also drops contacts that no cap can ask for any more, those of
 * the other persona too while the two are one; here all contacts are younger than that.)
 *
 * Between merge and unmerge a question is about the merged customer, so its answer may differ from that of a world where the
 * merge never happened, and then so do contact and response: nothing undoes what a customer was shown. So meanwhile it is asked where one
 * treatment is shown to everybody, which counts a contact of the persona that was asked for and a response of it: both
 * must go with the persona. What was found of the customer in those decisions stays on their record and is not compared.
 */
test('an unmerge gives what would be if the merge had never happened, whatever came before, between and after', async () => {
  const alike = async (atMs: number) => {
    const [one, other] = await known(atMs);
    for (const [index, each] of one.entries()) expect(text(each)).toBe(text(other[index]));
  };

  await send(({ before }) => before.events);
  const [first, firstToo] = await ask(({ before }) => before.asks);
  expect(text(first)).toBe(text(firstToo));

  await send(({ link, between }, isMerged) => [link(isMerged), ...between.events]);
  const [during, duringToo] = await ask(({ between }) => between.asks);
  expect(during.map((made) => made.map(effectOf))).toEqual(duringToo.map((made) => made.map(effectOf)));
  // Time takes customers out of segments and into others, while they are one too.
  await inBoth(({ cloud }) => cloud.advance('P1D'));
  expect(differences(await known(at('02T12:40:00')))).toEqual(['told', 'segments', 'ledgers', 'features', 'choices']);

  for (const world of worlds)
    expect(await merged.unmerge(world)).toMatchObject({ status: 200, body: { changed: true } });
  await merged.cloud.settle();
  await alike(at('02T12:50:00'));

  await send(({ after, again }, isMerged) => [...after.events, again(isMerged)]);
  const [then, thenToo] = await ask(({ after }) => after.asks);
  expect(text(then)).toBe(text(thenToo));
  expect(then.flat().flatMap(exclusionsIn)).toEqual(expect.arrayContaining(['contact_cap', 'resting']));
  // Under the name of a decision that was made, be it before the merge, its answer is given again.
  expect(text(await ask(({ before }) => before.asks))).toBe(text([first, firstToo]));
  await alike(at('02T14:00:00'));
  for (let day = 3; day <= 4; day++) {
    await inBoth(({ cloud }) => cloud.advance('P1D'));
    await alike(at(`0${day}T14:00:00`));
  }

  const [inLake, inLakeToo] = await inBoth(({ cloud }) =>
    cloud.query(
      `SELECT customer_id, count(*) AS n, sum(revenue_minor) AS cents FROM v_interactions GROUP BY customer_id ORDER BY customer_id`,
    ),
  );
  expect(inLake).toEqual(inLakeToo);
  expect(inLake.length).toBeGreaterThan(worlds.length);
});

test('rebuild folds the lake’s links and requests to the same customers, names what was tampered with, and mends it', async () => {
  const { info } = merged.cloud;
  const folder = mkdtempSync(join(tmpdir(), 'lemniscate-test-'));
  const cloudFile = join(folder, 'cloud.json');
  writeFileSync(cloudFile, JSON.stringify(info));
  const run = async (...args: string[]) => {
    const env = { ...process.env, LEMNISCATE_CLOUD_FILE: cloudFile };
    const ended = await promisify(execFile)(process.execPath, ['scripts/rebuild/main.ts', ...args], { env }).catch(
      Object,
    );
    return String(ended.stdout) + String(ended.stderr);
  };
  const mailboxes = worlds.filter(({ hasMailbox }) => hasMailbox).length;
  expect(await run()).toContain(`${2 * worlds.length + mailboxes} linked identifiers compared, 0 differ`);
  const customerId = merged.personaId({ seed: 1 }, 'user');
  const target = localTarget(info);
  const client = new DynamoDBClient(target.client);
  const { pk, sk } = pointerKey(customerId);
  const TableName = outputOf(target, 'CustomersTableName');
  await client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } } }));
  client.destroy();
  expect(await run()).toMatch(new RegExp(`${customerId} has a pointer that is not its cluster’s\\n.*, 1 differ`, 's'));
  await run('--repair');
  expect(await run()).toContain('linked identifiers compared, 0 differ');
  rmSync(folder, { recursive: true });
});
