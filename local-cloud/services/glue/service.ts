import * as z from 'zod';
import type { CloudContext, Operation, Permission, ResourceProvider, Service } from '#local-cloud/cloud/service.ts';
import { type Catalogue, type CatalogueTable, openCatalogue } from './catalogue.ts';
import { DatabaseInput, TableInput } from './table-input.ts';

const DatabaseProperties = z.object({ DatabaseInput });
const TableProperties = z.object({ DatabaseName: z.string(), TableInput });
const ByDatabase = z.object({ DatabaseName: z.string() });
const ByTable = z.object({ DatabaseName: z.string(), Name: z.string() });
const ByTableName = z.object({ DatabaseName: z.string(), TableName: z.string() });
const WithInput = z.object({ DatabaseName: z.string(), TableInput });

/** The Glue Data Catalog: databases, external tables and views. */
export function createGlueService(context: CloudContext): Service {
  const catalogue = openCatalogue(context.stateDirectory, () => context.clock.now());
  return {
    name: 'glue',
    target: 'AWSGlue',
    operations: operationsOf(catalogue, context),
    resources: { 'AWS::Glue::Database': databaseProvider(catalogue), 'AWS::Glue::Table': tableProvider(catalogue) },
  };
}

function operationsOf(catalogue: Catalogue, context: CloudContext): Record<string, Operation> {
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
      const { DatabaseName, TableInput: table } = WithInput.parse(input);
      return on(action, DatabaseName, table.Name);
    },
    async run(input) {
      const { DatabaseName, TableInput: table } = WithInput.parse(input);
      catalogue.put(DatabaseName, table, action === 'CreateTable' ? 'create' : 'update');
      return {};
    },
  });
  const byTable = (action: string, run: (database: string, table: string) => unknown): Operation => ({
    permissions(input) {
      const { DatabaseName, Name } = ByTable.parse(input);
      return on(action, DatabaseName, Name);
    },
    async run(input) {
      const { DatabaseName, Name } = ByTable.parse(input);
      return run(DatabaseName, Name);
    },
  });
  const byTableName = (action: string, run: (database: string, table: string) => unknown): Operation => ({
    permissions(input) {
      const { DatabaseName, TableName } = ByTableName.parse(input);
      return on(action, DatabaseName, TableName);
    },
    async run(input) {
      const { DatabaseName, TableName } = ByTableName.parse(input);
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
      permissions: (input) => on('GetTables', ByDatabase.parse(input).DatabaseName, '*'),
      run: async (input) => ({
        TableList: catalogue.tables(ByDatabase.parse(input).DatabaseName).map((table) => wireTable(table, context)),
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

function databaseProvider(catalogue: Catalogue): ResourceProvider {
  return {
    properties: ['CatalogId', 'DatabaseInput.Name', 'DatabaseInput.Description', 'DatabaseInput.LocationUri'],
    async create(properties, { physicalName }) {
      const { DatabaseInput: input } = DatabaseProperties.parse(properties);
      const name = (input.Name ?? physicalName(255)).toLowerCase();
      catalogue.addDatabase(name, input.Description);
      return { ref: name };
    },
  };
}

function tableProvider(catalogue: Catalogue): ResourceProvider {
  return {
    properties: ['CatalogId', 'DatabaseName', 'TableInput.*'],
    async create(properties) {
      const { DatabaseName, TableInput: table } = TableProperties.parse(properties);
      catalogue.declare(DatabaseName, table);
      return { ref: table.Name };
    },
  };
}
