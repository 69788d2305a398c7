import type { SecondaryIndex, Table } from './table.ts';

/** DescribeTable's answer; sizes and counts, which AWS updates every six hours, are left at zero. */
export function describeTable(table: Table): Readonly<Record<string, unknown>> {
  const describeIndex = (index: SecondaryIndex): unknown => ({
    ...index,
    IndexStatus: 'ACTIVE',
    IndexArn: `${table.arn}/index/${index.IndexName}`,
  });
  return {
    ...table.schema,
    TableArn: table.arn,
    TableId: table.name,
    CreationDateTime: table.createdMs / 1000,
    ItemCount: 0,
    TableSizeBytes: 0,
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ...(table.schema.GlobalSecondaryIndexes === undefined
      ? {}
      : { GlobalSecondaryIndexes: table.schema.GlobalSecondaryIndexes.map(describeIndex) }),
    ...(table.schema.LocalSecondaryIndexes === undefined
      ? {}
      : { LocalSecondaryIndexes: table.schema.LocalSecondaryIndexes.map(describeIndex) }),
    ...(table.stream === undefined
      ? {}
      : {
          StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream.viewType },
          LatestStreamArn: table.stream.arn,
          LatestStreamLabel: table.stream.label,
        }),
  };
}
