import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDecisionMaker } from '#handlers/wiring/dynamo-decision-maker.ts';
import { stageIdentityKey } from '#handlers/wiring/stage-identity-key.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { Batch, decideBatch } from './decide-batch.ts';

export const handler = withRuntime('decide-batch', Batch, () => {
  const { TOUCHPOINTS } = environment('TOUCHPOINTS');
  return decideBatch({
    touchpoints: TOUCHPOINTS.split(' '),
    identityKey: stageIdentityKey(),
    ...dynamoDecisionMaker(new DynamoDBClient({})),
  });
});
