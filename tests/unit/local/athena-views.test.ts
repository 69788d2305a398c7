import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { interactionsTable } from '#domain/lake/interactions-table.ts';
import { rejectedInteractionsTable } from '#domain/lake/rejected-interactions-table.ts';
import { columnsOf } from '#domain/lake/table.ts';
import { ask, type LocalLake, startEventLake } from '#support/local-lake.ts';

const folder = new URL('../../../infra/lake/views/', import.meta.url);
const views = readdirSync(folder)
  .filter((file) => file.endsWith('.sql'))
  .map((file) => file.slice(0, -'.sql'.length));
let lake: LocalLake;

beforeAll(async () => {
  lake = await startEventLake();
  for (const table of [interactionsTable, rejectedInteractionsTable]) {
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
  const sql = readFileSync(new URL(`${view}.sql`, folder), 'utf8');
  const { state, reason } = await ask(lake, `CREATE OR REPLACE VIEW ${view} AS ${sql}`);
  expect([state, reason]).toEqual(['SUCCEEDED', '']);
});
