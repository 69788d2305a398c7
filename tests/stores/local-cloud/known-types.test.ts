import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDuck } from '#local-cloud/services/athena/duck-session.ts';
import { KnownTypes } from '#local-cloud/services/athena/known-types.ts';
import type { LakeTable, LakeView } from '#local-cloud/services/athena/lake-sources.ts';
import { planQuery } from '#local-cloud/services/athena/plan-query.ts';

let duck: DuckDBInstance;
beforeAll(async () => {
  duck = await startDuck(mkdtempSync(join(tmpdir(), 'lemniscate-known-')));
});
afterAll(() => duck.closeSync());

const halves = 'SELECT n / 2 AS half, current_timestamp AS at FROM v_numbers';

function lakeOf(type: string): (reference: { readonly name: string }) => Promise<LakeTable | LakeView> {
  const table: LakeTable = {
    kind: 'table',
    relation: 'db.numbers',
    columns: [{ name: 'n', type }],
    partitionKeys: [],
    projected: [],
    files: [],
  };
  const view: LakeView = { kind: 'view', relation: 'db.v_numbers', sql: 'SELECT n FROM numbers', database: 'db' };
  return async ({ name }) => (name === 'numbers' ? table : view);
}

const planned = (type: string, known: KnownTypes, now = '2026-01-01 00:00:00.000') =>
  planQuery(duck, halves, { database: 'db', now }, lakeOf(type), known);

test('what was learnt of a text serves while the columns under its views stay', async () => {
  const known = new KnownTypes();
  const whole = await planned('INTEGER', known);
  const broken = await planned('DOUBLE', known);
  expect(broken.sql).not.toBe(whole.sql);
  expect(await planned('INTEGER', known)).toEqual(whole);
  expect(await planned('DOUBLE', known)).toEqual(broken);
});

test('a plan from memory is the plan from nothing, at its own time', async () => {
  const known = new KnownTypes();
  await planned('INTEGER', known);
  const later = '2026-01-02 03:04:05.678';
  const again = await planned('INTEGER', known, later);
  expect(again).toEqual(await planned('INTEGER', new KnownTypes(), later));
  expect(again.sql).toContain(later);
});

test('the oldest texts are forgotten first', () => {
  const known = new KnownTypes();
  for (let at = 0; at < 501; at += 1) known.keep(`text ${at}`, new Map());
  expect(known.of('text 0')).toBeUndefined();
  expect(known.of('text 1')).toBeDefined();
});
