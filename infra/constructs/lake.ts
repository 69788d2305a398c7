import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase } from 'aws-cdk-lib/aws-glue';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { LakeTableDefinition } from '#contracts/lake/table.ts';
import type { LakeViewDefinition } from '#contracts/lake/view.ts';
import type { StageConfig } from '#infra/config.ts';
import { LakeTable } from './lake-table.ts';
import { LakeView } from './lake-view.ts';

/** What a function does with a query. */
const asked = ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'] as const;

/** What `athena:startQueryExecution.sync` does: https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html */
const awaited = ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:StopQueryExecution'] as const;

export interface LakeProps {
  readonly config: StageConfig;
  readonly tables: readonly LakeTableDefinition[];
  readonly views: readonly LakeViewDefinition[];
}

/** The lake: a bucket, a Glue database that describes it and an Athena workgroup that bounds what a query may scan. */
export class Lake extends Construct {
  readonly bucket: Bucket;
  /**
   * A name and no reference: analysts write it in their SQL, without quotes, so that it has neither capitals nor dashes; and views
   * carry it in their encoded text.
   */
  readonly databaseName: string;
  readonly workgroupName: string;
  readonly tables: readonly LakeTable[];
  /** Of the bucket, as an export with a name: findings about it in other stacks can then be acknowledged by a readable id. */
  private readonly exportedArn: string;
  private readonly names: readonly string[];

  constructor(scope: Construct, id: string, { config, tables, views }: LakeProps) {
    super(scope, id);
    this.databaseName = `lemniscate_${config.stage.toLowerCase().replaceAll('-', '_')}`;
    this.workgroupName = `lemniscate-${config.stage}`;
    this.bucket = lakeBucket(this, config, tables);
    this.exportedArn = Stack.of(this).exportValue(this.bucket.bucketArn, {
      name: `${Stack.of(this).stackName}-LakeArn`,
    });
    const database = new CfnDatabase(this, 'database', {
      catalogId: Stack.of(this).account,
      databaseInput: { name: this.databaseName, description: 'What customers did and what the loop did about it' },
    });
    lakeWorkgroup(this, config);
    this.tables = tables.map((definition) => {
      const { bucket, databaseName } = this;
      const { lakeRetentionDays: retentionDays, lakeFrom: from } = config;
      return new LakeTable(this, definition.name, { definition, bucket, databaseName, retentionDays, from });
    });
    const made = views.map((view) => new LakeView(this, view.name, { ...view, databaseName: this.databaseName }));
    for (const each of [...this.tables, ...made]) each.node.addDependency(database);
    this.names = [...tables, ...views].map(({ name }) => name);
  }

  /** What a role needs to query these tables and views, and no others: Athena acts with its caller's permissions. */
  allowsQueries(
    role: Role,
    tables: readonly string[],
    statements: readonly string[] = asked,
    alsoInGlue: readonly string[] = [],
  ): void {
    const stack = Stack.of(role);
    const workgroup = stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: this.workgroupName });
    const allow = (actions: string[], ...resources: string[]) =>
      role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
    allow([...statements], workgroup);
    allow(['glue:GetDatabase', 'glue:GetTable', ...alsoInGlue], ...this.catalogArns(stack, tables));
    // Athena looks at `default` before any other database, whatever a query names:
    // https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
    allow(['glue:GetDatabase'], stack.formatArn({ service: 'glue', resource: 'database/default' }));
    allow(['s3:GetBucketLocation', 's3:ListBucket'], this.exportedArn);
    const prefixes = tables.filter((table) => !table.startsWith('v_')).map((table) => `${table}/`);
    this.allowsObjects(role, prefixes, ['s3:GetObject']);
    this.allowsObjects(role, ['athena-results/'], ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload']);
  }

  /** What people need who ask about any table or view, in Athena's console too. */
  allowsPeople(role: Role): void {
    const stack = Stack.of(role);
    const workgroup = stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: this.workgroupName });
    this.allowsQueries(role, this.names, asked, ['glue:GetDatabases', 'glue:GetTables']);
    const allow = (actions: string[], ...resources: string[]) =>
      role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
    allow(['athena:GetWorkGroup', 'athena:ListQueryExecutions', 'athena:StopQueryExecution'], workgroup);
  }

  /** What the steps of campaigns' runs need; that a file is missing is told only to who may list. */
  allowsRunFiles(role: Role): void {
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.exportedArn] }));
    this.allowsObjects(role, ['campaign-runs/'], ['s3:GetObject', 's3:PutObject']);
    this.allowsObjects(role, ['athena-results/'], ['s3:GetObject']);
  }

  /** What it takes to find the audience of a run: a query of customers, and a place for what it finds. */
  allowsAudiences(role: Role): void {
    this.allowsQueries(role, audienceTables, awaited);
    this.allowsObjects(role, ['campaign-runs/'], ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload']);
  }

  /** What it takes to read what deliveries gave up and to delete what was sent again. */
  allowsRedrive(role: Role): void {
    this.allowsObjects(role, ['errors/'], ['s3:DeleteObject', 's3:GetObject']);
  }

  /** What a delivery stream needs to write one table's objects: the list of Amazon's guide to Firehose. */
  allowsDelivery(role: Role, table: LakeTable): void {
    const allow = (actions: string[], ...resources: string[]) =>
      role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
    allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], this.exportedArn);
    this.allowsObjects(
      role,
      [table.prefix, table.errorPrefix],
      ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
    );
    allow(
      ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
      ...this.catalogArns(Stack.of(role), [table.tableName]),
    );
  }

  private allowsObjects(role: Role, prefixes: readonly string[], actions: string[]): void {
    const resources = prefixes.map((prefix) => `${this.exportedArn}/${prefix}*`);
    role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
    for (const prefix of prefixes) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${Stack.of(this).stackName}-LakeArn/${prefix}*]`,
        reason: `Objects under ${prefix} are named by Firehose and Athena; the prefix is the narrowest name there is.`,
      });
    }
  }

  /** Glue checks the catalogue and the database as well as the table. */
  private catalogArns(stack: Stack, tables: readonly string[]): readonly string[] {
    const arn = (resource: string) => stack.formatArn({ service: 'glue', resource });
    return [
      arn('catalog'),
      arn(`database/${this.databaseName}`),
      ...tables.map((table) => arn(`table/${this.databaseName}/${table}`)),
    ];
  }
}

/** What `v_customers`, of which audiences are chosen, is made of. */
const audienceTables = [
  'interactions',
  'identity_links',
  'v_customers',
  'v_customers_identity',
  'v_interactions',
  'v_orders',
];

function lakeBucket(scope: Construct, config: StageConfig, tables: readonly LakeTableDefinition[]): Bucket {
  const expire = (prefix: string, days: number) => ({
    id: `expire-${prefix}`,
    prefix: `${prefix}/`,
    expiration: Duration.days(days),
  });
  const bucket = new Bucket(scope, 'bucket', {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    removalPolicy: RemovalPolicy.RETAIN,
    // What is overwritten or deleted by mistake can be had back for two weeks; what is erased is gone for good then, which is
    // half of the month that data protection law gives.
    versioned: true,
    lifecycleRules: [
      {
        id: 'forget-old-versions',
        noncurrentVersionExpiration: Duration.days(14),
        expiredObjectDeleteMarker: true,
      },
      expire('athena-results', 7),
      expire('errors', 90),
      // What became of a run's customers is in the table and the lake; its files are for who looks into a run, or redrives it.
      expire('campaign-runs', 30),
      ...tables.flatMap(({ name, kept }) =>
        kept === 'for good' ? [] : expire(name, kept === 'as interactions' ? config.lakeRetentionDays : kept),
      ),
      { id: 'abort-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'Only Firehose and Athena reach it, both of which keep their own record; access logs would outweigh the lake.',
  });
  return bucket;
}

function lakeWorkgroup(lake: Lake, config: StageConfig): CfnWorkGroup {
  return new CfnWorkGroup(lake, 'workgroup', {
    name: lake.workgroupName,
    description: 'Queries of the lake, with a bound on what each may scan',
    // A workgroup with queries in its history is not deleted without, and neither is its stack. No data goes with it.
    recursiveDeleteOption: true,
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      publishCloudWatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: config.scanCutoffBytes,
      engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
      resultConfiguration: {
        outputLocation: `s3://${lake.bucket.bucketName}/athena-results/`,
        encryptionConfiguration: { encryptionOption: 'SSE_S3' },
      },
    },
  });
}
