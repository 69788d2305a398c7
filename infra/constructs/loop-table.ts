import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, type StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

export interface LoopTableProps {
  /** Environment variable that tells functions the table's name. */
  readonly variable: string;
  readonly partitionKey: string;
  readonly sortKey?: string | undefined;
  readonly timeToLiveAttribute?: string;
  readonly stream?: StreamViewType;
  /** Index of the items that have both of these attributes; it has their keys only. */
  readonly index?: TableIndex;
}

export interface TableIndex {
  readonly indexName: string;
  /** Name of an attribute that is a text. */
  readonly partitionKey: string;
  /** Name of an attribute that is a number. */
  readonly sortKey: string;
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
      ...(props.index && { globalSecondaryIndexes: [sparseIndex(props.index)] }),
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.variable = props.variable;
  }
}

/** A write to an index costs as one to the table does, by the kilobyte; keys are enough for whoever asks the table next. */
function sparseIndex({ indexName, partitionKey, sortKey }: TableIndex) {
  return {
    indexName,
    partitionKey: { name: partitionKey, type: AttributeType.STRING },
    sortKey: { name: sortKey, type: AttributeType.NUMBER },
    projectionType: ProjectionType.KEYS_ONLY,
  };
}
