import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { glueTypeToDuck } from '#local-cloud/services/athena/trino-type.ts';
import type { LocalLake } from './local-lake.ts';

/** Makes a table of rows in the lake's database; columns by name with their types in Glue's spelling. */
export async function landTable(
  lake: LocalLake,
  name: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly object[],
): Promise<void> {
  await lake.make(lake.services.glue, 'AWS::Glue::Table', name, {
    DatabaseName: 'db',
    TableInput: {
      Name: name,
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys: [],
      StorageDescriptor: {
        Location: `s3://lake/${name}/`,
        Columns: Object.entries(columns).map(([Name, Type]) => ({ Name, Type })),
      },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const [json, parquet] = [join(folder, 'rows.json'), join(folder, 'rows.parquet')];
  writeFileSync(json, rows.map((row) => JSON.stringify(row)).join('\n'));
  const duck = await DuckDBInstance.create(':memory:');
  const connection = await duck.connect();
  const types = Object.entries(columns).map(([column, type]) => `'${column}': '${glueTypeToDuck(type)}'`);
  await connection.run(
    `COPY (SELECT * FROM read_json('${json}', format = 'newline_delimited', columns = {${types.join(', ')}})) TO '${parquet}' (FORMAT parquet)`,
  );
  connection.closeSync();
  duck.closeSync();
  await lake.call('s3', 'PutObject', { Bucket: 'lake', Key: `${name}/rows.parquet`, Body: readFileSync(parquet) });
  rmSync(folder, { recursive: true });
}
