import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDecisions } from '#adapters/decisions-table/dynamo-decisions.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { replayDecision } from './replay-decision.ts';

export const handler = withHttp('replay-decision', () => {
  const { DECISIONS_TABLE } = environment('DECISIONS_TABLE');
  return replayDecision({ decisions: dynamoDecisions(new DynamoDBClient({}), DECISIONS_TABLE) });
});
