import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { columnsOf } from '#contracts/lake/table.ts';
import { lakeTables } from '#contracts/lake/tables.ts';
import { ask, type LocalLake, startEventLake } from '#support/local-lake.ts';

const folder = new URL('../../../infra/lake/views/', import.meta.url);
const textOf = (view: string) => readFileSync(new URL(`${view}.sql`, folder), 'utf8');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.sql'))
  .map((file) => file.slice(0, -'.sql'.length));
// Views over views come after them.
const depth = (view: string): number =>
  1 +
  Math.max(
    0,
    ...names
      .filter((other) => other !== view && new RegExp(`\\b(FROM|JOIN) ${other}\\b`).test(textOf(view)))
      .map(depth),
  );
const views = names.toSorted((a, b) => depth(a) - depth(b));
let lake: LocalLake;

beforeAll(async () => {
  lake = await startEventLake();
  for (const table of lakeTables) {
    await lake.make(lake.services.glue, 'AWS::Glue::Table', table.name, {
      DatabaseName: 'db',
      TableInput: {
        Name: table.name,
        TableType: 'EXTERNAL_TABLE',
        PartitionKeys: [{ Name: 'dt', Type: 'string' }],
        StorageDescriptor: {
          Location: `s3://lake/${table.name}/`,
          Columns: columnsOf(table).map(({ name, glueType }) => ({ Name: name, Type: glueType })),
        },
      },
    });
  }
});
afterAll(() => lake.stop());

test.each(views)('view %s of the lake is made of what was checked against Trino', async (view) => {
  const { state, reason } = await ask(lake, `CREATE OR REPLACE VIEW ${view} AS ${textOf(view)}`);
  expect([state, reason]).toEqual(['SUCCEEDED', '']);
});
