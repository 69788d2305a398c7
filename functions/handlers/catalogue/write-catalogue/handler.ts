import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import { Touchpoint } from '#domain/vocabulary/touchpoint.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { parseJson } from '#runtime/parse.ts';
import { fullJitter } from '#runtime/retry.ts';
import { writeCatalogue } from './write-catalogue.ts';

export const handler = withHttp('write-catalogue', () => {
  const { CATALOGUE_TABLE, ADDED_TOUCHPOINTS } = environment('CATALOGUE_TABLE', 'ADDED_TOUCHPOINTS');
  return writeCatalogue({
    store: dynamoCatalogue(new DynamoDBClient({}), CATALOGUE_TABLE),
    addedTouchpoints: parseJson(z.array(Touchpoint), ADDED_TOUCHPOINTS, 'ADDED_TOUCHPOINTS'),
    now: Date.now,
    pause: fullJitter(20, 640),
  });
});
