import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { dynamoTrainingStore } from '#adapters/models-table/dynamo-training-store.ts';
import { dynamoWaitingPresentations } from '#adapters/models-table/dynamo-waiting-presentations.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { QueueEvent, queueHandler } from '#runtime/queue.ts';
import { queueWithTimes } from '#runtime/queue-with-times.ts';
import { fullJitter } from '#runtime/retry.ts';
import { learnFromDispositions } from '#use-cases/learn/learn-from-dispositions.ts';
import { tellUnanswered } from '#use-cases/learn/tell-unanswered.ts';

export const handler = withRuntime('learn-from-dispositions', QueueEvent, () => {
  const { MODELS_TABLE, BUS_NAME } = environment('MODELS_TABLE', 'BUS_NAME');
  const client = new DynamoDBClient({});
  const waiting = dynamoWaitingPresentations(client, MODELS_TABLE);
  const bus = eventBridgeBus(new EventBridgeClient({}), BUS_NAME);
  const trainingStore = dynamoTrainingStore(client, MODELS_TABLE);
  return queueWithTimes(
    tellUnanswered({ waiting, bus, now: Date.now, newId: uuidv7 }),
    queueHandler(learnFromDispositions({ trainingStore, waiting, now: Date.now, pause: fullJitter(50, 1000) })),
  );
});
