import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDuck } from '#local-cloud/services/athena/duck-session.ts';
import { KnownTypes } from '#local-cloud/services/athena/known-types.ts';
import type { LakeTable } from '#local-cloud/services/athena/lake-sources.ts';
import { planQuery } from '#local-cloud/services/athena/plan-query.ts';
import { projectedDays } from '#local-cloud/services/athena/projected-days.ts';
import { queryScan } from '#local-cloud/services/athena/query-scan.ts';
import { serviceContext } from '#support/local-service-context.ts';

const folder = mkdtempSync(join(tmpdir(), 'query-scan-'));
const drafts = join(folder, 'drafts');
// The clock stands at the first of January 2026.
const projection = (range: string) =>
  projectedDays(
    'db.events',
    { 'projection.enabled': 'true', 'projection.dt.type': 'date', 'projection.dt.range': range },
    serviceContext(),
  );
const empty: LakeTable = {
  kind: 'table',
  relation: 'db.events',
  columns: [
    { name: 'n', type: 'INTEGER' },
    { name: 'dt', type: 'VARCHAR' },
  ],
  partitionKeys: ['dt'],
  projected: projection('2025-12-01,NOW+1DAYS').values,
  files: [],
};

let duck: DuckDBInstance;
let filled: LakeTable;
beforeAll(async () => {
  duck = await startDuck(folder);
  mkdirSync(join(folder, 'dt=2025-12-30'));
  const path = join(folder, 'dt=2025-12-30', 'a.parquet');
  const connection = await duck.connect();
  await connection.run(`COPY (SELECT 1 AS n) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  filled = { ...empty, files: [{ path, bytes: 7 }] };
});
afterAll(() => duck.closeSync());

async function scan(table: LakeTable, where: string) {
  const sql = `SELECT n FROM events WHERE ${where}`;
  const now = { database: 'db', now: '2026-01-01 00:00:00.000' };
  const plan = await planQuery(duck, sql, now, async () => table, new KnownTypes());
  return queryScan(duck, plan, drafts);
}

describe.each([
  ['n >= 0', 7, 33],
  ["dt >= '2025-12-30'", 7, 4],
  ["dt <= '2025-12-30'", 7, 30],
  ["dt = '2025-12-30'", 7, 1],
  ["dt = '2025-12-31'", 0, 1],
  ["dt = '2024-01-01'", 0, 0],
  ["dt BETWEEN '2025-12-20' AND '2025-12-30' AND n = 1", 7, 11],
])('a query where %s', (where, bytes, partitions) => {
  test(`scans ${bytes} bytes and lists ${partitions} days`, async () => {
    expect(await scan(filled, where)).toEqual({ bytes, partitions });
  });

  test(`lists ${partitions} days of an empty table too`, async () => {
    expect(await scan(empty, where)).toEqual({ bytes: 0, partitions });
  });
});

test('leaves no drafts', () => {
  expect(readdirSync(drafts)).toEqual([]);
});

test.each([
  ['2025-12-30,2026-01-02', ['2025-12-30', '2025-12-31', '2026-01-01', '2026-01-02']],
  ['NOW-1DAYS,NOW', ['2025-12-31', '2026-01-01']],
  ['NOW-2MONTHS,NOW+1MONTHS', ['2025-11', '2025-12', '2026-01', '2026-02']],
  ['2025-11,NOW+1MONTHS', ['2025-11', '2025-12', '2026-01', '2026-02']],
])('a projection of %s has its partitions', (range, values) => {
  expect(projection(range).values).toEqual(values);
});
