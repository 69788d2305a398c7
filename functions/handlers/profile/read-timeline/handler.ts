import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { athenaLake } from '#adapters/athena/athena-lake.ts';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { identification } from '#handlers/wiring/identification.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { readTimeline } from './read-timeline.ts';

export const handler = withHttp('read-timeline', () => {
  const { CUSTOMERS_TABLE, ATHENA_WORKGROUP, ATHENA_DATABASE } = environment(
    'CUSTOMERS_TABLE',
    'ATHENA_WORKGROUP',
    'ATHENA_DATABASE',
  );
  return readTimeline({
    customers: dynamoCustomers(new DynamoDBClient({}), CUSTOMERS_TABLE),
    lake: athenaLake(new AthenaClient({}), { workgroup: ATHENA_WORKGROUP, database: ATHENA_DATABASE }),
    ...identification(),
    now: Date.now,
  });
});
