import { Stack, type StackProps } from 'aws-cdk-lib';
import { StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
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

/** What must not be lost: customers, credentials, the identity key, the lake, the bus with its archive. */
export class DataStack extends Stack {
  readonly customers: LoopTable;
  readonly credentials: LoopTable;
  readonly identityKey: IdentityKey;
  readonly bus: LoopBus;
  readonly lake: Lake;
  readonly interactions: LakeTable;
  readonly rejectedInteractions: LakeTable;

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
    this.identityKey = new IdentityKey(this, 'identity-key');
    this.bus = new LoopBus(this, 'bus', config);

    this.lake = new Lake(this, 'lake', config);
    this.interactions = this.lake.addTable(interactionsTable);
    this.rejectedInteractions = this.lake.addTable(rejectedInteractionsTable);
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

    tell(this, {
      CustomersTableName: this.customers.tableName,
      CredentialsTableName: this.credentials.tableName,
      IdentityKeySecretArn: this.identityKey.secretArn,
      BusName: this.bus.eventBusName,
      LakeBucketName: this.lake.bucket.bucketName,
      AthenaWorkgroup: this.lake.workgroupName,
      AthenaDatabase: this.lake.databaseName,
    });
  }
}

/** What the view adds: who the persona is part of. */
const customerColumn = {
  name: 'customer_id',
  glueType: 'string',
  description: 'Customer that the persona is part of, as in the live profile',
} as const;
