import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { remoteCatalogue } from '#scripts/catalogue/remote-catalogue.ts';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import { LocalCloud } from '#scripts/target/target.ts';
import { loadCatalogue } from '#scripts/world/load-catalogue.ts';
import { postJson } from '#scripts/world/post-json.ts';
import { readmeCommands } from '#support/readme-commands.ts';

/** What is not run here, and why. */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/^npm (ci|test|run synth|run simulate .*|start -- .*)$/, '.ci/run'],
  [/^npm start$/, 'stays up; with --exit in .ci/run'],
  [/^npm run local\b/, 'starts what the others ask'],
  [/^npx vitest run tests\//, 'a part of npm test'],
  [/^npm run check$/, 'npm run lint and npm test'],
  [/^npm run (proofs|bench|attack|bill|budgets)$/, 'takes long; tests of the same names look at a part'],
  [/^npm run (deploy|identity-key)\b|--stage dev/, 'needs AWS; tests/conformance/ministack runs them'],
];

/** What each command answers, by a part of it that no other one has. */
const answers: readonly (readonly [string, RegExp])[] = [
  ['eval "$(node', /^\s*$/],
  ['npm run athena', /web +1\n.*1 row/s],
  ['npm run credentials -- make', /key +\S{32} /],
  ['npm run credentials -- list', /'shop' +│ 'web'/],
  ['/v1/track', /"accepted":1,"rejected":0/],
  ['user_id:u1 ', /"revenueMinor":999/],
  ['/timeline', /"event":"Order Completed".*"properties":/s],
  ['catalogue -- pull', /40 to create, 0 to change, 0 to delete, 0 unchanged/],
  ['catalogue -- push', /0 to create, 0 to change, 0 to delete, 40 unchanged/],
  ['catalogue -- schema', /40 files had to be told of it/],
  ['/v1/alias', /"accepted":1,"rejected":0/],
  ['/identities', /"type":"user_id".*"type":"user_id"/s],
  ['/unmerge', /"customerId"/],
  ['/consents', /"personaId"/],
  ['/v1/decisions', /"treatments":\[\{"treatmentId".*We suggest/s],
  ['/v1/dispositions', /"captured"/],
  ['npm run models', /model +responses/],
];

const folder = mkdtempSync(join(tmpdir(), 'lemniscate-readme-'));
let cloud: ChildProcess;
let info: LocalCloud;
const { LEMNISCATE_CLOUD_FILE: _, npm_lifecycle_event: __, ...env } = process.env;

/** A clone: all of this repository, but a `.local` of its own. */
function clone(): void {
  for (const name of readdirSync('.'))
    if (!['.git', '.local', 'cdk.out'].includes(name)) symlinkSync(resolve(name), join(folder, name));
  mkdirSync(join(folder, '.local'));
}

const commands = readmeCommands();
const isElsewhere = (command: string) => elsewhere.some(([form]) => form.test(command));
const here = commands.filter((command) => !isElsewhere(command));
let said: readonly string[] = [];

/** The one expectation that is about a command. */
function answerOf(command: string): RegExp {
  const [found, ...more] = answers.filter(([part]) => `${command} `.includes(part));
  if (found === undefined || more.length > 0) throw new Error(`${1 + more.length} expectations are about: ${command}`);
  return found[1];
}

/** Then u1 is in none, whatever the key that its id is hashed with: what is decided for it shows something. */
async function endControlGroups(): Promise<void> {
  const remote = remoteCatalogue({ url: info.url, key: info.adminKey });
  for (const { id, item, version } of await remote.list('strategies')) {
    const put = await remote.put('strategies', id, { ...item, holdoutShare: 0, measuringShares: {} }, version);
    expect(put).toEqual({ kind: 'done' });
  }
}

beforeAll(async () => {
  clone();
  const command = commands.find((each) => each.startsWith('npm run local')) ?? '';
  const onFreePort = command.replace('4800', '0').replace('npm run local --', 'exec node scripts/local/main.ts');
  const announced = `${onFreePort} --assembly ${inject('assembly')} --announce .local/cloud.json`;
  cloud = spawn('bash', ['-c', announced], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  if (cloud.stdout === null) throw new Error('The local cloud has no output');
  const [line] = await once(createInterface({ input: cloud.stdout }), 'line');
  info = LocalCloud.parse(JSON.parse(String(line)));
  await loadCatalogue(info);
  await endControlGroups();
  const order = { userId: 'u0', event: 'Order Completed', timestamp: '2025-12-31T12:00:00Z' };
  await postJson(`${info.url}/v1/track`, order, { authorization: basicAuth(info.serverKey) });
  await postJson(`${info.url}/_local/settle`, {});

  // One shell, as one who copies has; what was sent has come through before the next line.
  const script = here.flatMap((command, index) => [
    `echo "@@ ${index}"`,
    command,
    'code=$?; echo; echo "@@ code $code"',
    `curl -s -X POST ${info.url}/_local/settle >/dev/null`,
  ]);
  const { stdout } = await promisify(execFile)('bash', ['-c', `exec 2>&1\n${script.join('\n')}`], { cwd: folder, env });
  said = stdout.split(/^@@ \d+\n/m).slice(1);
});
afterAll(async () => {
  cloud.kill('SIGTERM');
  await once(cloud, 'exit');
  rmSync(folder, { recursive: true, force: true });
});

test.each(here.map((command, index) => [command, index] as const))('%s', (command, index) => {
  const answer = said[index] ?? 'It was not run';
  expect(answer).toContain('@@ code 0');
  expect(answer.replace(/@@ code 0\n$/, '')).toMatch(answerOf(command));
});

test('what is not run here is run by CI, or has a reason', () => {
  const ci = readFileSync('.ci/run', 'utf8');
  const inCi = [...ci.matchAll(/(?:from_readme|readme_command) '([^']*)'/g)].map(([, form = '']) => new RegExp(form));
  const said = commands.filter((command) =>
    elsewhere.some(([form, where]) => form.test(command) && where === '.ci/run'),
  );
  expect(said.length).toBeGreaterThan(4);
  expect(said.filter((command) => !inCi.some((form) => form.test(command)) && !ci.includes(`step ${command}`))).toEqual(
    [],
  );
  expect(elsewhere.filter(([form]) => !commands.some((command) => form.test(command)))).toEqual([]);
});
