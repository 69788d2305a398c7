import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { holdState } from '#scripts/local/hold-state.ts';
import { announcedCloud } from '#scripts/target/announced-cloud.ts';

const folder = mkdtempSync(join(tmpdir(), 'lemniscate-announced-'));
const file = join(folder, 'cloud.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Linux and macOS give no process a number so high.
const nobody = 2 ** 30;

test.each([
  ['runs', JSON.stringify({ pid: process.pid, url: 'http://127.0.0.1:1' }), 'http://127.0.0.1:1'],
  ['was killed', JSON.stringify({ pid: nobody, url: 'http://127.0.0.1:1' }), undefined],
  ['said no process', JSON.stringify({ url: 'http://127.0.0.1:1' }), undefined],
  ['left no JSON', '{', undefined],
])('knows a cloud that left a file and %s', (_, text, url) => {
  writeFileSync(file, text);
  expect(announcedCloud(file)?.url).toBe(url);
});

test('knows none where there is no file', () => {
  expect(announcedCloud(join(folder, 'none'))).toBeUndefined();
});

test('a state directory has one cloud; one that was killed holds nothing', () => {
  const state = join(folder, 'state');
  holdState(state);
  expect(() => holdState(state)).toThrow(
    `A local cloud runs on ${state} already, process ${process.pid}: end it first`,
  );
  writeFileSync(join(state, 'process'), String(nobody));
  holdState(state);
  expect(() => holdState(state)).toThrow(`process ${process.pid}`);
});
