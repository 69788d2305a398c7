import * as z from 'zod';
import type { CloudContext } from '#local-cloud/cloud/service.ts';
import type { QueryExecution, QueryResult } from './query-execution.ts';
import type { QualifiedName } from './statement.ts';
import { type ColumnInfo, columnInfo } from './trino-type.ts';

const columnShape = z.object({ Name: z.string(), Type: z.string(), Comment: z.string().optional() });
const tableShape = z.object({
  Name: z.string(),
  TableType: z.string().optional(),
  PartitionKeys: z.array(columnShape).default([]),
  StorageDescriptor: z.object({ Columns: z.array(columnShape).default([]) }).default({ Columns: [] }),
});
const oneTable = z.object({ Table: tableShape });
const allTables = z.object({ TableList: z.array(tableShape) });
const allDatabases = z.object({ DatabaseList: z.array(z.object({ Name: z.string() })) });

/** A table or view of the catalogue with its columns, those of its partitions last. */
export interface CatalogueTable {
  readonly name: string;
  readonly isView: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly comment: string }[];
}

/** The databases that the caller may see. */
export async function databasesOf(
  context: CloudContext,
  { principal }: Pick<QueryExecution, 'principal'>,
): Promise<readonly string[]> {
  const { DatabaseList } = allDatabases.parse(await context.call(principal, 'glue', 'GetDatabases', {}));
  return DatabaseList.map(({ Name }) => Name).sort();
}

/** The tables and views of a database, as the caller may see them. */
export async function tablesOf(
  context: CloudContext,
  { principal }: Pick<QueryExecution, 'principal'>,
  database: string,
): Promise<readonly CatalogueTable[]> {
  const { TableList } = allTables.parse(await context.call(principal, 'glue', 'GetTables', { DatabaseName: database }));
  return TableList.map(catalogueTable);
}

/** What `SHOW TABLES` and `SHOW VIEWS` answer. */
export async function showTables(
  context: CloudContext,
  execution: QueryExecution,
  kind: 'show-tables' | 'show-views',
  database: string,
): Promise<QueryResult> {
  const tables = await tablesOf(context, execution, database);
  const shown = tables.filter(({ isView }) => kind === 'show-tables' || isView);
  return listing(
    [kind === 'show-tables' ? 'tab_name' : 'views'],
    shown.map(({ name }) => [name]),
  );
}

/** What `SHOW DATABASES` answers. */
export async function showDatabases(context: CloudContext, execution: QueryExecution): Promise<QueryResult> {
  const names = await databasesOf(context, execution);
  return listing(
    ['database_name'],
    names.map((name) => [name]),
  );
}

/** What `SHOW COLUMNS` answers: names alone. */
export async function showColumns(
  context: CloudContext,
  execution: QueryExecution,
  table: QualifiedName,
): Promise<QueryResult> {
  const { columns } = await tableOf(context, execution, table);
  return listing(
    ['field'],
    columns.map(({ name }) => [name]),
  );
}

/** What `DESCRIBE` answers: names, Glue's types and comments. */
export async function describe(
  context: CloudContext,
  execution: QueryExecution,
  table: QualifiedName,
): Promise<QueryResult> {
  const { columns } = await tableOf(context, execution, table);
  return listing(
    ['col_name', 'data_type', 'comment'],
    columns.map(({ name, type, comment }) => [name, type, comment]),
  );
}

async function tableOf(context: CloudContext, { principal, database }: QueryExecution, table: QualifiedName) {
  const key = { DatabaseName: table.database ?? database, Name: table.name };
  return catalogueTable(oneTable.parse(await context.call(principal, 'glue', 'GetTable', key)).Table);
}

function catalogueTable({ Name, TableType, PartitionKeys, StorageDescriptor }: z.infer<typeof tableShape>) {
  const columns = [...StorageDescriptor.Columns, ...PartitionKeys];
  return {
    name: Name,
    isView: TableType === 'VIRTUAL_VIEW',
    columns: columns.map(({ Name: name, Type: type, Comment: comment = '' }) => ({ name, type, comment })),
  };
}

/** A result of texts without a header among its rows. */
export function listing(names: readonly string[], rows: readonly (readonly string[])[]): QueryResult {
  return { columns: names.map(textColumn), rows, headed: false };
}

function textColumn(name: string): ColumnInfo {
  return columnInfo(name, 'VARCHAR') ?? { Name: name, Type: 'varchar', Precision: 0, Scale: 0 };
}
