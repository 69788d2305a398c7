import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { dynamoMemberships } from '#adapters/customers-table/dynamo-memberships.ts';
import { freshDynamoCatalogue } from '#handlers/wiring/fresh-dynamo-catalogue.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { QueueEvent, queueHandler } from '#runtime/queue.ts';
import { fullJitter } from '#runtime/retry.ts';
import { catalogueOfAtLeast } from '#use-cases/catalogue/catalogue-of-at-least.ts';
import { refreshSegments } from '#use-cases/segments/refresh-segments.ts';

/** Long enough to spare reads, short enough for a new segment to be seen soon. */
const freshMs = 15_000;

export const handler = withRuntime('refresh-segments', QueueEvent, () => {
  const { CUSTOMERS_TABLE } = environment('CUSTOMERS_TABLE');
  const client = new DynamoDBClient({});
  return queueHandler(
    refreshSegments({
      customers: dynamoCustomers(client, CUSTOMERS_TABLE),
      memberships: dynamoMemberships(client, CUSTOMERS_TABLE),
      catalogue: catalogueOfAtLeast(freshDynamoCatalogue(client, freshMs), freshDynamoCatalogue(client, 0)),
      now: Date.now,
      pause: fullJitter(20, 500),
    }),
  );
});
