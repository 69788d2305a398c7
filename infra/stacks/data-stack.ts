import { Stack, type StackProps } from 'aws-cdk-lib';
import { StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { decisionsTable } from '#contracts/lake/decisions/decisions-table.ts';
import { dispositionsTable } from '#contracts/lake/dispositions/dispositions-table.ts';
import { identityLinksTable } from '#contracts/lake/identity-links/identity-links-table.ts';
import { interactionsTable } from '#contracts/lake/interactions/interactions-table.ts';
import { rejectedInteractionsTable } from '#contracts/lake/rejected-interactions/rejected-interactions-table.ts';
import type { StageConfig } from '#infra/config.ts';
import { IdentityKey } from '#infra/constructs/identity-key.ts';
import { Lake } from '#infra/constructs/lake.ts';
import type { LakeTable } from '#infra/constructs/lake-table.ts';
import { LoopBus } from '#infra/constructs/loop-bus.ts';
import { LoopTable } from '#infra/constructs/loop-table.ts';
import { sealingKeyName } from '#infra/constructs/sealing-key-name.ts';
import { tell } from '#infra/constructs/tell.ts';
import { addLakeViews } from './lake-views.ts';

export interface DataStackProps extends StackProps {
  readonly config: StageConfig;
}

/** What must not be lost: customers, credentials, the catalogue, budgets, models, the identity key, the lake, the bus. */
export class DataStack extends Stack {
  readonly customers: LoopTable;
  readonly credentials: LoopTable;
  readonly arrivals: LoopTable;
  readonly catalogue: LoopTable;
  readonly decisions: LoopTable;
  readonly budgets: LoopTable;
  readonly models: LoopTable;
  readonly identityKey: IdentityKey;
  readonly bus: LoopBus;
  readonly lake: Lake;
  readonly interactions: LakeTable;
  readonly rejectedInteractions: LakeTable;
  readonly identityLinks: LakeTable;
  readonly decisionRows: LakeTable;
  readonly dispositionRows: LakeTable;

  constructor(scope: Construct, id: string, { config, ...props }: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: true });

    this.customers = new LoopTable(this, 'customers', {
      variable: 'CUSTOMERS_TABLE',
      partitionKey: 'pk',
      sortKey: 'sk',
      timeToLiveAttribute: 'expiresAt',
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    this.credentials = new LoopTable(this, 'credentials', { variable: 'CREDENTIALS_TABLE', partitionKey: 'keyHash' });
    this.arrivals = new LoopTable(this, 'arrivals', {
      variable: 'ARRIVALS_TABLE',
      partitionKey: 'message',
      timeToLiveAttribute: 'expiresAt',
    });
    this.catalogue = new LoopTable(this, 'catalogue', {
      variable: 'CATALOGUE_TABLE',
      partitionKey: 'pk',
      sortKey: 'sk',
    });
    this.decisions = new LoopTable(this, 'decisions', {
      variable: 'DECISIONS_TABLE',
      partitionKey: 'pk',
      sortKey: 'sk',
      timeToLiveAttribute: 'expiresAt',
      stream: StreamViewType.NEW_IMAGE,
    });
    this.budgets = new LoopTable(this, 'budgets', {
      variable: 'BUDGETS_TABLE',
      partitionKey: 'pk',
      sortKey: 'sk',
      timeToLiveAttribute: 'expiresAt',
    });
    this.models = new LoopTable(this, 'models', {
      variable: 'MODELS_TABLE',
      partitionKey: 'pk',
      sortKey: 'sk',
      timeToLiveAttribute: 'expiresAt',
    });
    this.identityKey = new IdentityKey(this, 'identity-key', config);
    this.bus = new LoopBus(this, 'bus', config);

    this.lake = new Lake(this, 'lake', config);
    this.interactions = this.lake.addTable(interactionsTable);
    this.rejectedInteractions = this.lake.addTable(rejectedInteractionsTable);
    this.identityLinks = this.lake.addTable(identityLinksTable);
    this.decisionRows = this.lake.addTable(decisionsTable);
    this.dispositionRows = this.lake.addTable(dispositionsTable);
    addLakeViews(this.lake);

    tell(this, {
      CustomersTableName: this.customers.tableName,
      CredentialsTableName: this.credentials.tableName,
      CatalogueTableName: this.catalogue.tableName,
      DecisionsTableName: this.decisions.tableName,
      BudgetsTableName: this.budgets.tableName,
      ModelsTableName: this.models.tableName,
      IdentityKeySecretArn: this.identityKey.secretArn,
      SealingKeyParameter: sealingKeyName(config.stage),
      BusName: this.bus.eventBusName,
      LakeBucketName: this.lake.bucket.bucketName,
      AthenaWorkgroup: this.lake.workgroupName,
      AthenaDatabase: this.lake.databaseName,
    });
  }
}
