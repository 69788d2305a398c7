import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { v7 as uuidv7 } from 'uuid';
import { dynamoCredentials } from '#adapters/credentials-table/dynamo-credentials.ts';
import { dynamoAllowances } from '#handlers/wiring/dynamo-allowances.ts';
import { dynamoDecisionMaker } from '#handlers/wiring/dynamo-decision-maker.ts';
import { identification } from '#handlers/wiring/identification.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { makeDecision } from './make-decision.ts';

export const handler = withHttp('make-decision', () => {
  const { CREDENTIALS_TABLE, ARRIVALS_TABLE } = environment('CREDENTIALS_TABLE', 'ARRIVALS_TABLE');
  const client = new DynamoDBClient({});
  return makeDecision({
    credentials: dynamoCredentials(client, CREDENTIALS_TABLE, Date.now),
    allowances: dynamoAllowances(client, ARRIVALS_TABLE),
    ...identification(),
    ...dynamoDecisionMaker(client),
    now: Date.now,
    // Given no numbers, uuid counts upwards within a millisecond: then siblings could be guessed.
    newId: () => uuidv7({ random: randomBytes(16) }),
  });
});
