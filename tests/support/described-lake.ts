import { readdirSync, readFileSync } from 'node:fs';
import { columnsOf } from '#contracts/lake/table.ts';
import { lakeTables } from '#contracts/lake/tables.ts';
import { type LocalLake, startEventLake } from './local-lake.ts';

const folder = new URL('../../infra/lake/views/', import.meta.url);

/** The SQL of each view of the lake by its name; views over views come after them. */
export function viewTexts(): ReadonlyMap<string, string> {
  const texts = new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.sql'))
      .map((file) => [file.slice(0, -'.sql'.length), readFileSync(new URL(file, folder), 'utf8')]),
  );
  const depth = (view: string): number => {
    const text = texts.get(view) ?? '';
    const below = [...texts.keys()].filter((other) => new RegExp(`\\b(FROM|JOIN) ${other}\\b`).test(text));
    return 1 + Math.max(0, ...below.map(depth));
  };
  return new Map([...texts].toSorted(([a], [b]) => depth(a) - depth(b)));
}

/** The event lake with every table of the lake beside, empty. */
export async function startDescribedLake(): Promise<LocalLake> {
  const lake = await startEventLake();
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
  return lake;
}
