import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { dynamoArrivals } from '#adapters/arrivals-table/dynamo-arrivals.ts';
import { dynamoCredentials } from '#adapters/credentials-table/dynamo-credentials.ts';
import { dynamoSealer } from '#adapters/credentials-table/dynamo-sealer.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { dynamoAllowances } from '#handlers/wiring/dynamo-allowances.ts';
import { identification } from '#handlers/wiring/identification.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { logger, metrics } from '#runtime/lambda.ts';
import { collectInteractions } from './collect-interactions.ts';

export const handler = withHttp('collect-interactions', () => {
  const { CREDENTIALS_TABLE, ARRIVALS_TABLE, BUS_NAME, USUAL_CURRENCY } = environment(
    'CREDENTIALS_TABLE',
    'ARRIVALS_TABLE',
    'BUS_NAME',
    'USUAL_CURRENCY',
  );
  const client = new DynamoDBClient({});
  return collectInteractions({
    credentials: dynamoCredentials(client, CREDENTIALS_TABLE, Date.now),
    allowances: dynamoAllowances(client, ARRIVALS_TABLE),
    arrivals: dynamoArrivals(client, ARRIVALS_TABLE),
    bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME),
    sealer: dynamoSealer(client, CREDENTIALS_TABLE),
    ...identification(),
    usualCurrency: USUAL_CURRENCY,
    now: Date.now,
    newId: uuidv7,
    // A metric is a log line of its own, dearer than the rest of a small request: only what is out of the ordinary has one.
    onRejected: (events) => metrics.addMetric('InteractionsRejected', 'Count', events),
    onUnsealed: () =>
      logger.warn('The stage has no sealing key: refused events are sealed with the identity key until npm run deploy'),
  });
});
