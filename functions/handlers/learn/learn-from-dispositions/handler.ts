import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoTrainingStore } from '#adapters/models-table/dynamo-training-store.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { QueueEvent, queueHandler } from '#runtime/queue.ts';
import { fullJitter } from '#runtime/retry.ts';
import { learnFromDispositions } from '#use-cases/learn/learn-from-dispositions.ts';

export const handler = withRuntime('learn-from-dispositions', QueueEvent, () => {
  const { MODELS_TABLE } = environment('MODELS_TABLE');
  return queueHandler(
    learnFromDispositions({
      trainingStore: dynamoTrainingStore(new DynamoDBClient({}), MODELS_TABLE),
      now: Date.now,
      pause: fullJitter(50, 1000),
    }),
  );
});
