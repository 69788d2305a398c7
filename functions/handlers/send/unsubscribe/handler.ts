import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { dynamoDispositions } from '#adapters/decisions-table/dynamo-dispositions.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { identification } from '#handlers/wiring/identification.ts';
import { stageKey } from '#handlers/wiring/stage-key.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { unsubscribe } from './unsubscribe.ts';

export const handler = withHttp('unsubscribe', () => {
  const { DECISIONS_TABLE, BUS_NAME } = environment('DECISIONS_TABLE', 'BUS_NAME');
  return unsubscribe({
    dispositions: dynamoDispositions(new DynamoDBClient({}), DECISIONS_TABLE),
    bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME),
    unsubscribeKey: stageKey('unsubscribe'),
    ...identification(),
    now: Date.now,
    newId: uuidv7,
  });
});
