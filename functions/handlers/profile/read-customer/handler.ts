import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { identification } from '#handlers/wiring/identification.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { readCustomer } from './read-customer.ts';

export const handler = withHttp('read-customer', () => {
  const { CUSTOMERS_TABLE } = environment('CUSTOMERS_TABLE');
  return readCustomer({
    customers: dynamoCustomers(new DynamoDBClient({}), CUSTOMERS_TABLE),
    ...identification(),
    now: Date.now,
  });
});
