import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { dynamoDispositions } from '#adapters/decisions-table/dynamo-dispositions.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { QueueEvent, queueHandler } from '#runtime/queue.ts';
import { deriveDispositions } from '#use-cases/respond/derive-dispositions.ts';

export const handler = withRuntime('derive-dispositions', QueueEvent, () => {
  const { DECISIONS_TABLE, BUS_NAME } = environment('DECISIONS_TABLE', 'BUS_NAME');
  return queueHandler(
    deriveDispositions({
      dispositions: dynamoDispositions(new DynamoDBClient({}), DECISIONS_TABLE),
      bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME),
      now: Date.now,
      newId: uuidv7,
    }),
  );
});
