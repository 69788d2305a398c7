import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { Touchpoint } from '#domain/vocabulary/touchpoint.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { logger } from '#runtime/lambda.ts';
import { parseJson } from '#runtime/parse.ts';
import { fullJitter } from '#runtime/retry.ts';
import { tellingCatalogue } from '#use-cases/catalogue/telling-catalogue.ts';
import { writeCatalogue } from './write-catalogue.ts';

export const handler = withHttp('write-catalogue', () => {
  const { BUS_NAME, CATALOGUE_TABLE, ADDED_TOUCHPOINTS } = environment(
    'BUS_NAME',
    'CATALOGUE_TABLE',
    'ADDED_TOUCHPOINTS',
  );
  const store = dynamoCatalogue(new DynamoDBClient({}), CATALOGUE_TABLE);
  return writeCatalogue({
    store: tellingCatalogue({
      store,
      changes: store,
      bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME),
      now: Date.now,
      newId: uuidv7,
      onUntold: (error) => logger.error('A change of the catalogue is saved but not told', { error }),
    }),
    addedTouchpoints: parseJson(z.array(Touchpoint), ADDED_TOUCHPOINTS, 'ADDED_TOUCHPOINTS'),
    now: Date.now,
    pause: fullJitter(20, 640),
  });
});
