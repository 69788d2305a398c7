import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoIdentities } from '#adapters/customers-table/dynamo-identities.ts';
import { identification } from '#handlers/wiring/identification.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { unmergeCustomer } from './unmerge-customer.ts';

export const handler = withHttp('unmerge-customer', () => {
  const { CUSTOMERS_TABLE } = environment('CUSTOMERS_TABLE');
  const identified = identification();
  return unmergeCustomer({
    identities: dynamoIdentities(new DynamoDBClient({}), CUSTOMERS_TABLE, identified.identifiers.types),
    ...identified,
    now: Date.now,
  });
});
