import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, type StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

export interface LoopTableProps {
  /** Environment variable that tells functions the table's name. */
  readonly variable: string;
  readonly partitionKey: string;
  readonly sortKey?: string | undefined;
  readonly timeToLiveAttribute?: string;
  readonly stream?: StreamViewType;
}

/** A DynamoDB table that costs nothing idle and can't be lost: on demand, point-in-time recovery, deletion protection, retained. */
export class LoopTable extends TableV2 {
  readonly variable: string;

  constructor(scope: Construct, id: string, props: LoopTableProps) {
    super(scope, id, {
      partitionKey: { name: props.partitionKey, type: AttributeType.STRING },
      ...(props.sortKey && { sortKey: { name: props.sortKey, type: AttributeType.STRING } }),
      ...(props.timeToLiveAttribute && { timeToLiveAttribute: props.timeToLiveAttribute }),
      ...(props.stream && { dynamoStream: props.stream }),
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.variable = props.variable;
  }
}
