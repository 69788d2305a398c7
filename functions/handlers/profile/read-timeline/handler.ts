import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { athenaLake } from '#adapters/athena/athena-lake.ts';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { dynamoDispositionDetails } from '#adapters/decisions-table/dynamo-disposition-details.ts';
import { identification } from '#handlers/wiring/identification.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { readTimeline } from './read-timeline.ts';

export const handler = withHttp('read-timeline', () => {
  const { CUSTOMERS_TABLE, DECISIONS_TABLE, ATHENA_WORKGROUP, ATHENA_DATABASE } = environment(
    'CUSTOMERS_TABLE',
    'DECISIONS_TABLE',
    'ATHENA_WORKGROUP',
    'ATHENA_DATABASE',
  );
  const client = new DynamoDBClient({});
  return readTimeline({
    customers: dynamoCustomers(client, CUSTOMERS_TABLE),
    dispositions: dynamoDispositionDetails(client, DECISIONS_TABLE),
    lake: athenaLake(new AthenaClient({}), { workgroup: ATHENA_WORKGROUP, database: ATHENA_DATABASE }),
    ...identification(),
    now: Date.now,
  });
});
