import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { logger } from '#runtime/lambda.ts';
import { fullJitter } from '#runtime/retry.ts';
import { tellingCatalogue } from '#use-cases/catalogue/telling-catalogue.ts';
import { writeCatalogue } from './write-catalogue.ts';

export const handler = withHttp('write-catalogue', () => {
  const { BUS_NAME, CATALOGUE_TABLE, TOUCHPOINTS } = environment('BUS_NAME', 'CATALOGUE_TABLE', 'TOUCHPOINTS');
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
    touchpoints: TOUCHPOINTS.split(' '),
    now: Date.now,
    pause: fullJitter(20, 640),
  });
});
