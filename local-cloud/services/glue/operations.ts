import * as z from 'zod';
import type { CloudContext, Operation, Permission } from '#local-cloud/cloud/service.ts';
import type { Catalogue, CatalogueTable } from './catalogue.ts';
import { TableInput } from './table-input.ts';

const byDatabase = z.object({ DatabaseName: z.string() });
const oneTable = z.object({ DatabaseName: z.string(), Name: z.string() });
const oneTableName = z.object({ DatabaseName: z.string(), TableName: z.string() });
const withInput = z.object({ DatabaseName: z.string(), TableInput });

/** Reads and changes the catalogue. */
export function catalogueOperations(catalogue: Catalogue, context: CloudContext): Readonly<Record<string, Operation>> {
  const arn = (resource: string) => `arn:aws:glue:${context.region}:${context.account}:${resource}`;
  /** Glue asks for the action on the catalog, the database and the table, all three. */
  const on = (action: string, database?: string, table?: string): readonly Permission[] => [
    {
      action: `glue:${action}`,
      resources: [
        arn('catalog'),
        ...(database === undefined ? [] : [arn(`database/${database.toLowerCase()}`)]),
        ...(database === undefined || table === undefined
          ? []
          : [arn(`table/${database.toLowerCase()}/${table.toLowerCase()}`)]),
      ],
    },
  ];
  const put = (action: 'CreateTable' | 'UpdateTable'): Operation => ({
    permissions(input) {
      const { DatabaseName, TableInput: table } = withInput.parse(input);
      return on(action, DatabaseName, table.Name);
    },
    async run(input) {
      const { DatabaseName, TableInput: table } = withInput.parse(input);
      catalogue.put(DatabaseName, table, action === 'CreateTable' ? 'create' : 'update');
      return {};
    },
  });
  const byTable = (action: string, run: (database: string, table: string) => unknown): Operation => ({
    permissions(input) {
      const { DatabaseName, Name } = oneTable.parse(input);
      return on(action, DatabaseName, Name);
    },
    async run(input) {
      const { DatabaseName, Name } = oneTable.parse(input);
      return run(DatabaseName, Name);
    },
  });
  const byTableName = (action: string, run: (database: string, table: string) => unknown): Operation => ({
    permissions(input) {
      const { DatabaseName, TableName } = oneTableName.parse(input);
      return on(action, DatabaseName, TableName);
    },
    async run(input) {
      const { DatabaseName, TableName } = oneTableName.parse(input);
      return run(DatabaseName, TableName);
    },
  });
  return {
    GetDatabase: {
      permissions: (input) => on('GetDatabase', z.object({ Name: z.string() }).parse(input).Name),
      run: async (input) => ({ Database: catalogue.database(z.object({ Name: z.string() }).parse(input).Name) }),
    },
    GetDatabases: {
      permissions: () => on('GetDatabases'),
      run: async () => ({ DatabaseList: catalogue.databases() }),
    },
    GetTable: byTable('GetTable', (database, name) => ({ Table: wireTable(catalogue.table(database, name), context) })),
    GetTables: {
      permissions: (input) => on('GetTables', byDatabase.parse(input).DatabaseName, '*'),
      run: async (input) => ({
        TableList: catalogue.tables(byDatabase.parse(input).DatabaseName).map((table) => wireTable(table, context)),
      }),
    },
    GetTableVersions: byTableName('GetTableVersions', (database, name) => ({
      TableVersions: [{ VersionId: '0', Table: wireTable(catalogue.table(database, name), context) }],
    })),
    // Projected partitions are never in the catalogue.
    GetPartitions: byTableName('GetPartitions', () => ({ Partitions: [] })),
    CreateTable: put('CreateTable'),
    UpdateTable: put('UpdateTable'),
    DeleteTable: byTable('DeleteTable', (database, name) => {
      catalogue.remove(database, name);
      return {};
    }),
  };
}

/** A table as GetTable answers it; times are epoch seconds on the wire. */
function wireTable(table: CatalogueTable, context: CloudContext) {
  return {
    ...table,
    CatalogId: context.account,
    CreateTime: table.CreateTime / 1000,
    UpdateTime: table.UpdateTime / 1000,
    IsRegisteredWithLakeFormation: false,
  };
}
