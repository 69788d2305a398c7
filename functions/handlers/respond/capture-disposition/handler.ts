import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { dynamoDispositions } from '#adapters/decisions-table/dynamo-dispositions.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { dynamoAllowances } from '#handlers/wiring/dynamo-allowances.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { captureDisposition } from './capture-disposition.ts';

export const handler = withHttp('capture-disposition', () => {
  const { DECISIONS_TABLE, ARRIVALS_TABLE, BUS_NAME } = environment('DECISIONS_TABLE', 'ARRIVALS_TABLE', 'BUS_NAME');
  const client = new DynamoDBClient({});
  return captureDisposition({
    allowances: dynamoAllowances(client, ARRIVALS_TABLE),
    dispositions: dynamoDispositions(client, DECISIONS_TABLE),
    bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME),
    now: Date.now,
    newId: uuidv7,
  });
});
