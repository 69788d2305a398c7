import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { dynamoDueMemberships } from '#adapters/customers-table/dynamo-due-memberships.ts';
import { dynamoMemberships } from '#adapters/customers-table/dynamo-memberships.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { freshDynamoCatalogue } from '#handlers/wiring/fresh-dynamo-catalogue.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { QueueEvent, queueHandler } from '#runtime/queue.ts';
import { queueWithTimes } from '#runtime/queue-with-times.ts';
import { fullJitter } from '#runtime/retry.ts';
import { catalogueOfAtLeast } from '#use-cases/catalogue/catalogue-of-at-least.ts';
import { refreshSegments } from '#use-cases/segments/refresh-segments.ts';
import { wakeSegments } from '#use-cases/segments/wake-segments.ts';

/** Long enough to spare reads, short enough for a new segment to be seen soon. */
const freshMs = 15_000;

export const handler = withRuntime('refresh-segments', QueueEvent, () => {
  const { CUSTOMERS_TABLE: table, BUS_NAME } = environment('CUSTOMERS_TABLE', 'BUS_NAME');
  const client = new DynamoDBClient({});
  const bus = eventBridgeBus(new EventBridgeClient({}), BUS_NAME);
  const due = dynamoDueMemberships(client, table);
  const refresh = refreshSegments({
    customers: dynamoCustomers(client, table),
    memberships: dynamoMemberships(client, table),
    catalogue: catalogueOfAtLeast(freshDynamoCatalogue(client, freshMs), freshDynamoCatalogue(client, 0)),
    now: Date.now,
    pause: fullJitter(20, 500),
  });
  return queueWithTimes(wakeSegments({ due, bus, now: Date.now, newId: uuidv7 }), queueHandler(refresh));
});
