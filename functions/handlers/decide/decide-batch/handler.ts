import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDecisionMaker } from '#handlers/wiring/dynamo-decision-maker.ts';
import { stageIdentityKey } from '#handlers/wiring/stage-identity-key.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { Batch, decideBatch } from './decide-batch.ts';

export const handler = withRuntime('decide-batch', Batch, () =>
  decideBatch({ identityKey: stageIdentityKey(), ...dynamoDecisionMaker(new DynamoDBClient({})) }),
);
