import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { readCatalogue } from './read-catalogue.ts';

export const handler = withHttp('read-catalogue', () => {
  const { CATALOGUE_TABLE } = environment('CATALOGUE_TABLE');
  return readCatalogue({ store: dynamoCatalogue(new DynamoDBClient({}), CATALOGUE_TABLE) });
});
