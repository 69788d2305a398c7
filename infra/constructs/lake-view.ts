import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import type { GlueType } from '#contracts/lake/table.ts';
import type { LakeViewDefinition } from '#contracts/lake/view.ts';

export interface LakeViewProps extends LakeViewDefinition {
  readonly databaseName: string;
}

/** A view that Athena's users can query, kept in Glue in the form that `CREATE VIEW` would leave there. */
export class LakeView extends Construct {
  constructor(scope: Construct, id: string, props: LakeViewProps) {
    super(scope, id);
    const view = {
      originalSql: viewSql(props.name),
      catalog: 'awsdatacatalog',
      schema: props.databaseName,
      columns: props.columns.map(({ name, glueType }) => ({ name, type: trinoTypes[glueType] })),
    };
    new CfnTable(this, 'view', {
      catalogId: Stack.of(this).account,
      databaseName: props.databaseName,
      tableInput: {
        name: props.name,
        description: props.description,
        tableType: 'VIRTUAL_VIEW',
        parameters: { presto_view: 'true', comment: 'Presto View' },
        partitionKeys: [],
        storageDescriptor: {
          columns: props.columns.map(({ name, glueType, description }) => ({
            name,
            type: glueType,
            comment: description,
          })),
          serdeInfo: {},
        },
        viewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(view)).toString('base64')} */`,
        viewExpandedText: '/* Presto View */',
      },
    });
  }
}

const trinoTypes = {
  string: 'varchar',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp(3)',
  'array<string>': 'array(varchar)',
  'map<string,string>': 'map(varchar, varchar)',
  'map<string,bigint>': 'map(varchar, bigint)',
  'map<string,timestamp>': 'map(varchar, timestamp(3))',
  'map<string,array<bigint>>': 'map(varchar, array(bigint))',
  'array<double>': 'array(double)',
} satisfies Record<GlueType, string>;

function viewSql(name: string): string {
  return readFileSync(join(import.meta.dirname, '../lake/views', `${name}.sql`), 'utf8')
    .trim()
    .replace(/;$/, '');
}
