import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { v7 as uuidv7 } from 'uuid';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { freshDynamoCatalogue } from '#handlers/wiring/fresh-dynamo-catalogue.ts';
import { identification } from '#handlers/wiring/identification.ts';
import { stageChannels } from '#handlers/wiring/stage-channels.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { testSend } from './test-send.ts';

/** Who tries a treatment has just saved it. */
const freshMs = 0;

export const handler = withHttp('test-send', () => {
  const { CUSTOMERS_TABLE } = environment('CUSTOMERS_TABLE');
  const client = new DynamoDBClient({});
  return testSend({
    catalogue: freshDynamoCatalogue(client, freshMs),
    customers: dynamoCustomers(client, CUSTOMERS_TABLE),
    channels: stageChannels(),
    // A test is nobody's to unsubscribe from: its link says so.
    unsubscribeUrl: async () => 'https://example.com/unsubscribe',
    ...identification(),
    now: Date.now,
    newId: uuidv7,
  });
});
