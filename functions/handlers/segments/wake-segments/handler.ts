import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { dynamoDueMemberships } from '#adapters/customers-table/dynamo-due-memberships.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { QueueEvent } from '#runtime/queue.ts';
import { scheduleHandler } from '#runtime/schedule.ts';
import { wakeSegments } from '#use-cases/segments/wake-segments.ts';

export const handler = withRuntime('wake-segments', QueueEvent, () => {
  const { CUSTOMERS_TABLE, BUS_NAME } = environment('CUSTOMERS_TABLE', 'BUS_NAME');
  return scheduleHandler(
    wakeSegments({
      due: dynamoDueMemberships(new DynamoDBClient({}), CUSTOMERS_TABLE),
      bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME),
      now: Date.now,
      newId: uuidv7,
    }),
  );
});
