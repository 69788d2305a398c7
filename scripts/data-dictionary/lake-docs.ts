import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { type ExampleQuery, exampleQueries } from '#contracts/lake/example-queries.ts';
import { stageConfig } from '#infra/config.ts';
import { DataStack } from '#infra/stacks/data-stack.ts';

/** Where `npm run docs` leaves the data dictionary. */
export const dataDictionaryFile = 'docs/data-dictionary.md';

/** The data dictionary as Markdown: every table and view of the lake as the data stack deploys it, with its columns and their comments. */
export function dataDictionary(): string {
  const stack = new DataStack(new App(), 'data', { config: stageConfig('dev') });
  const resources = Template.fromStack(stack).findResources('AWS::Glue::Table');
  const tables = Object.values(resources).map((resource) => GlueTable.parse(resource).Properties.TableInput);
  return [
    '# Data dictionary',
    'What analysts find in Athena, database `lemniscate_<stage>` (`lemniscate_dev_ada` of the stage dev-ada). Made by `npm run docs` from the schemas',
    'in `functions/contracts/lake/` and the views in `infra/lake/views/`; a test fails when it is stale. Times are UTC; money is in minor units (cents) beside its ISO 4217 currency.',
    '',
    '| name | kind | what |',
    '|---|---|---|',
    ...tables.map((table) => `| [\`${table.Name}\`](#${table.Name}) | ${kindOf(table)} | ${cell(table.Description)} |`),
    ...tables.flatMap(section),
    '',
  ].join('\n');
}

const GlueColumn = z.object({ Name: z.string(), Type: z.string(), Comment: z.string().min(1) });

const GlueTable = z.object({
  Properties: z.object({
    TableInput: z.object({
      Name: z.string(),
      Description: z.string().min(1),
      TableType: z.enum(['EXTERNAL_TABLE', 'VIRTUAL_VIEW']),
      PartitionKeys: z.array(GlueColumn).default([]),
      Parameters: z.looseObject({ 'projection.dt.format': z.enum(['yyyy-MM-dd', 'yyyy-MM']).optional() }),
      StorageDescriptor: z.object({ Columns: z.array(GlueColumn).min(1) }),
    }),
  }),
});
type GlueTable = z.output<typeof GlueTable>['Properties']['TableInput'];

function section(table: GlueTable): string[] {
  return [
    '',
    `## ${table.Name}`,
    `${table.Description.replace(/\.$/, '')}. ${sourceOf(table)}`,
    '',
    '| column | type | meaning |',
    '|---|---|---|',
    ...table.StorageDescriptor.Columns.map((column) => row(column, '')),
    ...table.PartitionKeys.map((column) => row(column, ' (partition)')),
    ...exampleQueries.filter(({ of }) => of.split('.')[0] === table.Name).flatMap(shown),
  ];
}

function shown({ of, asks, sql }: ExampleQuery): string[] {
  const [, column] = of.split('.');
  return ['', `${column === undefined ? '' : `\`${column}\`: `}${asks}`, '```sql', sql, '```'];
}

function row({ Name, Type, Comment }: z.output<typeof GlueColumn>, note: string): string {
  return `| \`${Name}\` | \`${Type}\`${note} | ${cell(Comment)} |`;
}

function sourceOf(table: GlueTable): string {
  return kindOf(table) === 'view'
    ? `Its SQL: [${table.Name}.sql](../infra/lake/views/${table.Name}.sql).`
    : `Parquet under \`${table.Name}/dt=<${table.Parameters['projection.dt.format'] ?? 'day'}>/\` in the lake bucket.`;
}

function kindOf({ TableType }: GlueTable): 'table' | 'view' {
  return TableType === 'VIRTUAL_VIEW' ? 'view' : 'table';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
