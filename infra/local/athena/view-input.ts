import { bind } from './duck-session.ts';
import { lakeSource } from './lake-sources.ts';
import { planQuery } from './plan-query.ts';
import type { QueryExecution } from './query-execution.ts';
import { QueryError } from './query-error.ts';
import type { QueryEngine } from './run-query.ts';
import { unnamed } from './translate.ts';
import { columnInfo } from './trino-type.ts';

interface NewView {
  readonly database: string;
  readonly name: string;
  readonly sql: string;
}

/** The Glue table that CREATE VIEW makes: columns as the query has them, and the query in Presto's envelope. */
export async function viewInput(
  engine: QueryEngine,
  execution: QueryExecution,
  { database, name, sql }: NewView,
): Promise<Readonly<Record<string, unknown>>> {
  const columns = await columnsOf(engine, execution, sql);
  const view = { originalSql: sql, catalog: 'awsdatacatalog', schema: execution.database, columns };
  return {
    Name: name,
    TableType: 'VIRTUAL_VIEW',
    Parameters: { presto_view: 'true', comment: 'Presto View' },
    PartitionKeys: [],
    StorageDescriptor: {
      Columns: columns.map((column) => ({ Name: column.name, Type: hiveType(column.type) })),
      Location: '',
    },
    ViewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(view)).toString('base64')} */`,
    ViewExpandedText: '/* Presto View */',
    Description: `View ${database}.${name}`,
  };
}

const hiveType = (type: string) => (type.startsWith('varchar') ? 'string' : type.replace('integer', 'int'));

async function columnsOf({ context, objectFile, duck }: QueryEngine, execution: QueryExecution, sql: string) {
  const instance = await duck();
  return planQuery(
    instance,
    sql,
    { database: execution.database, now: '1970-01-01 00:00:00.000' },
    (reference) => lakeSource(context, objectFile, execution.principal, reference),
    async (connection, duckSql) => {
      await bind(connection, duckSql);
      const prepared = await connection.prepare(duckSql);
      return Array.from({ length: prepared.columnCount }, (_, index) => {
        const [columnName, type] = [prepared.columnName(index), String(prepared.columnType(index))];
        const info = columnInfo(columnName, type);
        if (info === undefined || columnName.startsWith(unnamed)) {
          throw new QueryError('COLUMN_NAME_NOT_SPECIFIED', `Column name not specified at position ${index + 1}`);
        }
        return { name: columnName.toLowerCase(), type: info.Type === 'array' ? 'array(varchar)' : info.Type };
      });
    },
  );
}
