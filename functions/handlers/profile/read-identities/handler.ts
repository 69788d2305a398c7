import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { dynamoIdentities } from '#adapters/customers-table/dynamo-identities.ts';
import { identification } from '#handlers/wiring/identification.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { readIdentities } from './read-identities.ts';

export const handler = withHttp('read-identities', () => {
  const { CUSTOMERS_TABLE } = environment('CUSTOMERS_TABLE');
  const client = new DynamoDBClient({});
  const identified = identification();
  return readIdentities({
    customers: dynamoCustomers(client, CUSTOMERS_TABLE),
    identities: dynamoIdentities(client, CUSTOMERS_TABLE, identified.identifiers.types),
    ...identified,
  });
});
