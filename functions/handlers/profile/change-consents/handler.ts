import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { dynamoAllowances } from '#handlers/wiring/dynamo-allowances.ts';
import { identification } from '#handlers/wiring/identification.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { changeConsents } from './change-consents.ts';

export const handler = withHttp('change-consents', () => {
  const { ARRIVALS_TABLE, BUS_NAME } = environment('ARRIVALS_TABLE', 'BUS_NAME');
  return changeConsents({
    allowances: dynamoAllowances(new DynamoDBClient({}), ARRIVALS_TABLE),
    bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME),
    ...identification(),
    now: Date.now,
    newId: uuidv7,
  });
});
