import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keptWorld } from '#scripts/start/kept-world.ts';

const world = { customers: 100, seed: 1, purchases: null };
let directory: string;
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'lemniscate-kept-')), 'start');
});
afterEach(() => rmSync(join(directory, '..'), { recursive: true, force: true }));

test('knows a world again that was played to its end, in whatever process', () => {
  expect(keptWorld(directory).isKept(world)).toBe(false);
  keptWorld(directory).keep(world);
  expect(keptWorld(directory).isKept(world)).toBe(true);
});

test('deletes what was not played to its end, and says so', () => {
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  mkdirSync(directory);
  writeFileSync(join(directory, 'clock.json'), '{}');
  expect(keptWorld(directory).isKept(world)).toBe(false);
  expect(existsSync(directory)).toBe(false);
  expect(said.mock.calls).toEqual([['The last start ended before its world was all played: it begins anew.']]);
  said.mockRestore();
});

test('refuses another world than the one that is there, and leaves that as it is', () => {
  const kept = keptWorld(directory);
  kept.keep(world);
  expect(() => kept.isKept({ ...world, customers: 7 })).toThrow(
    `${directory} holds a world of 100 customers from seed 1, not a world of 7 customers from seed 1: --fresh deletes it and plays what you ask for`,
  );
  expect(() => kept.isKept({ ...world, purchases: '/log' })).toThrow('not the purchases of /log');
  expect(kept.isKept(world)).toBe(true);
  kept.forget();
  expect(kept.isKept({ ...world, customers: 7 })).toBe(false);
});
