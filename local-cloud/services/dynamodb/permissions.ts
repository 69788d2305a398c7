import { isRecord } from '#local-cloud/cloud/record.ts';
import type { Operation, Permission } from '#local-cloud/cloud/service.ts';
import { transactedKinds, transactedTables } from './transaction-request.ts';

type Input = Readonly<Record<string, unknown>>;
type TableArn = (nameOrArn: string) => string;

/** What IAM asks for each DynamoDB operation: the action on the table, or on the index that is read. */
export function tablePermissions(tableArn: TableArn): Readonly<Record<string, Operation['permissions']>> {
  const onTable =
    (operation: string) =>
    (input: Input): readonly Permission[] => [on(operation, arnOf(input))];
  const onTables =
    (operation: string) =>
    (input: Input): readonly Permission[] =>
      isRecord(input.RequestItems) ? Object.keys(input.RequestItems).map((name) => on(operation, tableArn(name))) : [];
  const arnOf = (input: Input): string => tableArn(String(input.TableName));
  const onTableOrIndex =
    (operation: string) =>
    (input: Input): readonly Permission[] => [
      on(operation, typeof input.IndexName === 'string' ? `${arnOf(input)}/index/${input.IndexName}` : arnOf(input)),
    ];
  return {
    BatchGetItem: onTables('BatchGetItem'),
    BatchWriteItem: onTables('BatchWriteItem'),
    DeleteItem: onTable('DeleteItem'),
    DescribeTable: onTable('DescribeTable'),
    DescribeTimeToLive: onTable('DescribeTimeToLive'),
    GetItem: onTable('GetItem'),
    ListTables: () => [{ action: 'dynamodb:ListTables', resources: ['*'] }],
    PutItem: onTable('PutItem'),
    Query: onTableOrIndex('Query'),
    Scan: onTableOrIndex('Scan'),
    // A transaction has no action of its own: each item needs the action of its kind.
    TransactGetItems: (input) => transactedTables(input).map((name) => on('GetItem', tableArn(name))),
    TransactWriteItems: (input) => transactedKinds(input).map(({ kind, table }) => on(kind, tableArn(table))),
    UpdateItem: onTable('UpdateItem'),
  };
}

function on(operation: string, arn: string): Permission {
  return { action: `dynamodb:${operation}`, resources: [arn] };
}
