import { Stack, type StackProps } from 'aws-cdk-lib';
import { StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { lakeTables } from '#contracts/lake/tables.ts';
import { lakeViews } from '#contracts/lake/views.ts';
import type { StageConfig } from '#infra/config.ts';
import { IdentityKey } from '#infra/constructs/identity-key.ts';
import { Lake } from '#infra/constructs/lake.ts';
import { LoopBus } from '#infra/constructs/loop-bus.ts';
import { LoopTable, type LoopTableProps } from '#infra/constructs/loop-table.ts';
import { sealingKeyName } from '#infra/constructs/sealing-key-name.ts';
import { tell } from '#infra/constructs/tell.ts';

export interface DataStackProps extends StackProps {
  readonly config: StageConfig;
}

/** What must not be lost: customers, credentials, the catalogue, budgets, models, campaigns, the identity key, the lake, the bus. */
export class DataStack extends Stack {
  readonly customers: LoopTable;
  readonly credentials: LoopTable;
  readonly arrivals: LoopTable;
  readonly catalogue: LoopTable;
  readonly decisions: LoopTable;
  readonly budgets: LoopTable;
  readonly models: LoopTable;
  readonly campaigns: LoopTable;
  readonly identityKey: IdentityKey;
  readonly bus: LoopBus;
  readonly lake: Lake;

  constructor(scope: Construct, id: string, { config, ...props }: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: true });

    const table = (name: string, props: Partial<LoopTableProps>) =>
      new LoopTable(this, name, {
        variable: `${name.toUpperCase()}_TABLE`,
        partitionKey: 'pk',
        sortKey: 'sk',
        ...props,
      });
    const forgetting = { timeToLiveAttribute: 'expiresAt' };
    this.customers = table('customers', { ...forgetting, stream: StreamViewType.NEW_AND_OLD_IMAGES });
    this.credentials = table('credentials', { partitionKey: 'keyHash', sortKey: undefined });
    this.arrivals = table('arrivals', { ...forgetting, partitionKey: 'message', sortKey: undefined });
    this.catalogue = table('catalogue', {});
    this.decisions = table('decisions', { ...forgetting, stream: StreamViewType.NEW_IMAGE });
    this.budgets = table('budgets', forgetting);
    this.models = table('models', forgetting);
    this.campaigns = table('campaigns', {
      ...forgetting,
      stream: StreamViewType.NEW_IMAGE,
      index: { indexName: 'due', partitionKey: 'dueQueue', sortKey: 'dueAtMs' },
    });
    this.identityKey = new IdentityKey(this, 'identity-key', config);
    this.bus = new LoopBus(this, 'bus', config);

    this.lake = new Lake(this, 'lake', { config, tables: lakeTables, views: lakeViews });

    tell(this, {
      CustomersTableName: this.customers.tableName,
      CredentialsTableName: this.credentials.tableName,
      CatalogueTableName: this.catalogue.tableName,
      DecisionsTableName: this.decisions.tableName,
      BudgetsTableName: this.budgets.tableName,
      ModelsTableName: this.models.tableName,
      CampaignsTableName: this.campaigns.tableName,
      IdentityKeySecretArn: this.identityKey.secretArn,
      SealingKeyParameter: sealingKeyName(config.stage),
      BusName: this.bus.eventBusName,
      LakeBucketName: this.lake.bucket.bucketName,
      AthenaWorkgroup: this.lake.workgroupName,
      AthenaDatabase: this.lake.databaseName,
    });
  }
}
