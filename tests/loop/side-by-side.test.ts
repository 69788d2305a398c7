import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, expect, inject, test } from 'vitest';
import { LocalCloud } from '#scripts/target/target.ts';

/** A folder of its own, as a clone has one: what runs here is none of the user's. */
const folder = mkdtempSync(join(tmpdir(), 'lemniscate-beside-'));
const running: { stop(): Promise<unknown> }[] = [];
afterAll(async () => {
  for (const each of running) await each.stop();
  rmSync(folder, { recursive: true, force: true });
});

const script = (name: string) => resolve(`scripts/${name}/main.ts`);
const { LEMNISCATE_CLOUD_FILE: _, npm_lifecycle_event: __, ...env } = process.env;

async function local(...args: string[]) {
  const child = spawn(process.execPath, [script('local'), '--port', '0', '--assembly', inject('assembly'), ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  running.push({ stop });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { info: LocalCloud.parse(JSON.parse(String(line))), stop };
}

/** A script that was run in the folder to its end. */
const run = (name: string, args: readonly string[] = [], more: NodeJS.ProcessEnv = {}) =>
  promisify(execFile)(process.execPath, [script(name), ...args], { cwd: folder, env: { ...env, ...more } }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
const announced = (name: string) => {
  const file = join(folder, '.local', name);
  return existsSync(file) ? LocalCloud.parse(JSON.parse(readFileSync(file, 'utf8'))).url : undefined;
};
/** As `npm start` starts its cloud. */
const started = ['--announce', '.local/cloud.json', '--state', '.local/start'];

test('each cloud of a folder owns its own file and state, and scripts say which they ask', async () => {
  expect((await run('models')).stderr).toBe(
    'No local cloud runs in this folder: run "npm start" or "npm run local" first, and leave it running; a deployed stage is named with --stage\n',
  );

  const first = await local(...started);
  const alone = await run('models');
  expect([alone.code, alone.stderr]).toEqual([0, `Asking the cloud of npm start, ${first.info.url}.\n`]);

  const beside = await local();
  expect([announced('cloud.json'), announced('local.json')]).toEqual([first.info.url, beside.info.url]);
  const both = await run('models');
  expect(both.stderr).toBe(
    `Asking the cloud of npm start, ${first.info.url}. npm run local runs too: LEMNISCATE_CLOUD_FILE=.local/local.json would ask that one.\n`,
  );

  const made = await run('credentials', ['make', '--name', 'till', '--touchpoint', 'store', '--scopes', 'collect'], {
    LEMNISCATE_CLOUD_FILE: '.local/local.json',
  });
  expect([made.code, made.stderr]).toEqual([0, '']);

  const refusals = await Promise.all([
    run('start'),
    run('local', ['--assembly', inject('assembly')]),
    run('local', ['--assembly', inject('assembly'), '--announce', 'other.json']),
  ]);
  expect(refusals.map(({ code }) => code)).toEqual([1, 1, 1]);
  const [again, second, sameState] = refusals.map(({ stderr }) => stderr);
  expect(again).toBe(
    `npm start runs already, at ${first.info.url}, process ${first.info.pid}, and scripts ask it: end that one first. "npm start -- --exit" plays beside it\n`,
  );
  expect(second).toContain(`scripts find by .local/local.json: ${beside.info.url}, process ${beside.info.pid}.`);
  expect(sameState).toContain(`A local cloud runs on .local/local already, process ${beside.info.pid}`);

  await beside.stop();
  expect([announced('cloud.json'), announced('local.json')]).toEqual([first.info.url, undefined]);

  // What it held is there when it starts again; begun afresh, it is not.
  const later = await local();
  expect(later.info.adminKey).toBe(beside.info.adminKey);
  const listed = await run('credentials', ['list'], { LEMNISCATE_CLOUD_FILE: '.local/local.json' });
  expect(listed.stdout).toContain('till');
  await later.stop();
  const fresh = await local('--fresh');
  expect(fresh.info.adminKey).not.toBe(beside.info.adminKey);
  expect(announced('cloud.json')).toBe(first.info.url);
});
