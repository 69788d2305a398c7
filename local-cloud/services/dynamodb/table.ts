/** How dynalite describes a table: the part of DescribeTable's answer that its actions read. */
export interface DynaliteTable {
  readonly TableName: string;
  readonly TableStatus: 'ACTIVE';
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly KeySchema: readonly KeySchemaElement[];
  readonly GlobalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly LocalSecondaryIndexes?: readonly SecondaryIndex[];
}

export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: 'S' | 'N' | 'B';
}

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface SecondaryIndex {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
}

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** A table of the local DynamoDB. */
export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly schema: DynaliteTable;
  readonly createdMs: number;
  readonly stream?: { readonly arn: string; readonly label: string; readonly viewType: StreamViewType };
  /** Name of the attribute with the time, in epoch seconds, after which an item goes. */
  readonly expiresAttribute?: string;
}

/** Names of the key attributes of a table. */
export function keyNames(table: Table): readonly string[] {
  return table.schema.KeySchema.map((element) => element.AttributeName);
}

/** A table may be named by its ARN wherever it may be named. */
export function tableName(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf(':table/') + ':table/'.length) : nameOrArn;
}
