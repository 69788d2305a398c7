import { QueryError } from './dialect/query-error.ts';
import type { QueryExecution } from './query-execution.ts';
import { columnsOf, planFor, type QueryEngine } from './run-query.ts';

/** The Glue table that CREATE VIEW makes: columns as the query has them, and the query in Presto's envelope. */
export async function viewInput(
  engine: QueryEngine,
  execution: QueryExecution,
  name: string,
  sql: string,
): Promise<Readonly<Record<string, unknown>>> {
  const plan = await planFor(engine, execution, sql);
  const columns = columnsOf(plan).map(({ Name, Type, Precision, Scale }, index) => {
    if (/^_col\d+$/.test(Name)) {
      throw new QueryError('MISSING_COLUMN_NAME', `Column name not specified at position ${index + 1}`);
    }
    const type = Type === 'array' ? 'array(varchar)' : Type === 'decimal' ? `decimal(${Precision},${Scale})` : Type;
    return { name: Name.toLowerCase(), type };
  });
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
  };
}

const hiveTypes: Readonly<Record<string, string>> = {
  varchar: 'string',
  integer: 'int',
  varbinary: 'binary',
  'array(varchar)': 'array<string>',
  'array(double)': 'array<double>',
};
const hiveType = (type: string): string => hiveTypes[type] ?? type;
