import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';

const readsEnvironment = 'export const stage = process.env.STAGE;\n';
const casts = 'export const stage = (given: unknown) => given as string;\n';
const pure = 'The domain is pure: take times, ids and settings as arguments.';
const handedIn = 'Settings are handed in: only handlers and the runtime read the environment.';
const hides = 'A cast hides what arrives: parse it with zod, or narrow it with a check.';

/** What lint says of a file besides Biome's own rules. */
const planted: Record<string, { readonly text: string; readonly says: readonly string[] }> = {
  'functions/domain/offer/environment.ts': { text: readsEnvironment, says: [pure] },
  'functions/domain/offer/clock.ts': { text: 'export const now = () => Date.now();\n', says: [pure] },
  'functions/domain/offer/chance.ts': { text: 'export const draw = () => Math.random();\n', says: [pure] },
  'functions/contracts/bus/environment.ts': { text: readsEnvironment, says: [handedIn] },
  'functions/ports/environment.ts': { text: readsEnvironment, says: [handedIn] },
  'functions/use-cases/collect/environment.ts': { text: readsEnvironment, says: [handedIn] },
  'functions/adapters/event-bridge/environment.ts': { text: readsEnvironment, says: [handedIn] },
  'functions/runtime/environment.ts': { text: readsEnvironment, says: [] },
  'functions/handlers/collect/collect-interactions/handler.ts': { text: readsEnvironment, says: [] },
  'infra/cast.ts': { text: casts, says: [hides] },
  'tests/unit/cast.ts': { text: casts, says: [] },
};

const Report = z.object({
  diagnostics: z.array(
    z.object({ category: z.string(), message: z.string(), location: z.object({ path: z.string() }) }),
  ),
});
type Report = z.infer<typeof Report>;

let house: string;
let report: Report;
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'house-'));
  cpSync('biome', join(house, 'biome'), { recursive: true });
  cpSync('biome.json', join(house, 'biome.json'));
  for (const [path, { text }] of Object.entries(planted)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const arguments_ = [biome, 'lint', '--vcs-enabled=false', '--reporter=json'];
  const { stdout } = spawnSync(process.execPath, arguments_, { cwd: house, encoding: 'utf8' });
  report = Report.parse(JSON.parse(stdout));
});
afterAll(() => rmSync(house, { recursive: true }));

test.each(Object.entries(planted))('of %s lint says what the house forbids there', (path, { says }) => {
  const said = report.diagnostics.filter(({ category, location }) => category === 'plugin' && location.path === path);
  expect(said.map(({ message }) => message)).toEqual(says);
});
