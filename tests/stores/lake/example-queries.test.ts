import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleQueries } from '#contracts/lake/example-queries.ts';
import { lakeTables } from '#contracts/lake/tables.ts';
import { lakeViews } from '#contracts/lake/views.ts';
import { startDescribedLake, viewTexts } from '#support/described-lake.ts';
import { ask, type LocalLake } from '#support/local-lake.ts';

let lake: LocalLake;
beforeAll(async () => {
  lake = await startDescribedLake();
  for (const [view, text] of viewTexts()) await ask(lake, `CREATE VIEW ${view} AS ${text}`);
});
afterAll(() => lake.stop());

const mapColumns = lakeViews.flatMap(({ name, columns }) =>
  columns.filter(({ glueType }) => glueType.startsWith('map<')).map((column) => `${name}.${column.name}`),
);
const wanted = [...lakeTables.map(({ name }) => name), ...lakeViews.map(({ name }) => name), ...mapColumns];

test('there is an example of each table, view and map column, and of nothing else', () => {
  expect(mapColumns.length).toBeGreaterThan(10);
  expect(exampleQueries.map(({ of }) => of).sort()).toEqual(wanted.sort());
});

describe('an example runs, and asks what it is an example of:', () => {
  test.each(exampleQueries.map(({ of, asks, sql }) => [of, asks, sql]))('%s: %s', async (of, asks, sql) => {
    const { reason, columns } = await ask(lake, sql);
    expect(reason).toBe('');
    expect(columns).not.toEqual([]);
    const [table = '', column = ''] = of.split('.');
    expect(sql).toMatch(new RegExp(`FROM ${table}\\b`));
    expect(sql).toMatch(new RegExp(`\\b${column}\\b`));
    expect(asks).toMatch(/\?$/);
  });
});
