import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Allowances } from '#ports';
import { allowanceKeeper } from '#shared/allowance-keeper.ts';
import { logger } from '#shared/runtime.ts';
import { dynamoDayCounts } from './dynamo-day-counts.ts';

/** What credentials may send, as one function holds them to it with its table of arrivals; says in the log when it can't. */
export function dynamoAllowances(client: DynamoDBClient, table: string): Allowances {
  return allowanceKeeper(dynamoDayCounts(client, table), {
    onFault: (error) => logger.warn('Quotas are not held: the counts of the day can’t be read', { error }),
  });
}
