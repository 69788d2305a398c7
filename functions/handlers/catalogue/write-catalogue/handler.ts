import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { fullJitter } from '#runtime/retry.ts';
import { writeCatalogue } from './write-catalogue.ts';

export const handler = withHttp('write-catalogue', () => {
  const { CATALOGUE_TABLE } = environment('CATALOGUE_TABLE');
  return writeCatalogue({
    store: dynamoCatalogue(new DynamoDBClient({}), CATALOGUE_TABLE),
    now: Date.now,
    pause: fullJitter(20, 640),
  });
});
