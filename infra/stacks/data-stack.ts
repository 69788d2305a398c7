import { Stack, type StackProps } from 'aws-cdk-lib';
import { StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { customersViewColumns } from '#domain/lake/customers-view.ts';
import {
  contactPressureColumns,
  decisionsViewColumns,
  treatmentPerformanceColumns,
} from '#domain/lake/decision-views.ts';
import { decisionsTable } from '#domain/lake/decisions-table.ts';
import { dispositionsTable } from '#domain/lake/dispositions-table.ts';
import { identityLinksTable } from '#domain/lake/identity-links-table.ts';
import { interactionsTable } from '#domain/lake/interactions-table.ts';
import { rejectedInteractionsTable } from '#domain/lake/rejected-interactions-table.ts';
import { columnsOf } from '#domain/lake/table.ts';
import type { StageConfig } from '#infra/config.ts';
import { IdentityKey } from '#infra/constructs/identity-key.ts';
import { Lake } from '#infra/constructs/lake.ts';
import type { LakeTable } from '#infra/constructs/lake-table.ts';
import { LoopBus } from '#infra/constructs/loop-bus.ts';
import { LoopTable } from '#infra/constructs/loop-table.ts';
import { tell } from '#infra/constructs/tell.ts';

export interface DataStackProps extends StackProps {
  readonly config: StageConfig;
}

/** What must not be lost: customers, credentials, the catalogue, budgets, models, the identity key, the lake, the bus. */
export class DataStack extends Stack {
  readonly customers: LoopTable;
  readonly credentials: LoopTable;
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
    this.identityKey = new IdentityKey(this, 'identity-key');
    this.bus = new LoopBus(this, 'bus', config);

    this.lake = new Lake(this, 'lake', config);
    this.interactions = this.lake.addTable(interactionsTable);
    this.rejectedInteractions = this.lake.addTable(rejectedInteractionsTable);
    this.identityLinks = this.lake.addTable(identityLinksTable);
    this.decisionRows = this.lake.addTable(decisionsTable);
    this.dispositionRows = this.lake.addTable(dispositionsTable);
    this.lake.addView({
      name: 'v_customers_identity',
      description: 'Every linked identifier with the customer that it is part of now',
      columns: identityColumns,
    });
    this.lake.addView({
      name: 'v_interactions',
      description: 'Each interaction once: the first delivery of every message_id',
      columns: [
        ...columnsOf(interactionsTable).flatMap((column) =>
          column.name === 'persona_id' ? [column, customerColumn] : [column],
        ),
        { name: 'dt', glueType: 'string', description: 'Day it first arrived' },
      ],
    });

    this.lake.addView({
      name: 'v_customers',
      description: 'A row a customer: what rules ask, as the live profile has it',
      columns: customersViewColumns,
    });

    this.lake.addView({
      name: 'v_decisions',
      description:
        'Each decision once, a row for each treatment that was considered, with its numbers and why it was not shown',
      columns: decisionsViewColumns,
    });
    this.lake.addView({
      name: 'v_treatment_performance',
      description: 'What came of each treatment by day, placement and arm',
      columns: treatmentPerformanceColumns,
    });
    this.lake.addView({
      name: 'v_contact_pressure',
      description: 'How often customers were contacted: a day, and the 7 and 30 days that end with it',
      columns: contactPressureColumns,
    });

    tell(this, {
      CustomersTableName: this.customers.tableName,
      CredentialsTableName: this.credentials.tableName,
      CatalogueTableName: this.catalogue.tableName,
      DecisionsTableName: this.decisions.tableName,
      BudgetsTableName: this.budgets.tableName,
      ModelsTableName: this.models.tableName,
      IdentityKeySecretArn: this.identityKey.secretArn,
      BusName: this.bus.eventBusName,
      LakeBucketName: this.lake.bucket.bucketName,
      AthenaWorkgroup: this.lake.workgroupName,
      AthenaDatabase: this.lake.databaseName,
    });
  }
}

/** What says whose an identifier is. */
const identityColumns = [
  { name: 'identifier_type', glueType: 'string', description: 'Type of the identifier, for example email' },
  { name: 'identifier_hash', glueType: 'string', description: 'Keyed hash of its value' },
  { name: 'persona_id', glueType: 'string', description: 'Persona that the identifier names' },
  { name: 'customer_id', glueType: 'string', description: 'Customer that it is part of now, as in the live profile' },
  { name: 'recorded_at', glueType: 'timestamp', description: 'Since when it is part of it, UTC' },
] as const;

/** What the view adds: who the persona is part of. */
const customerColumn = {
  name: 'customer_id',
  glueType: 'string',
  description: 'Customer that the persona is part of now, as in the live profile',
} as const;
