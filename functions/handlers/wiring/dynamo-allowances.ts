import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDayCounts } from '#adapters/arrivals-table/dynamo-day-counts.ts';
import type { Allowances } from '#ports/allowances.ts';
import { logger } from '#runtime/lambda.ts';
import { allowanceKeeper } from '#use-cases/collect/allowance-keeper.ts';

/** What credentials may send, as one function holds them to it with its table of arrivals; says in the log when it can't. */
export function dynamoAllowances(client: DynamoDBClient, table: string): Allowances {
  return allowanceKeeper(dynamoDayCounts(client, table), {
    onFault: (error) => logger.warn('Quotas are not held: the counts of the day can’t be read', { error }),
  });
}
