import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoTrainingStore } from '#adapters/models-table/dynamo-training-store.ts';
import type { CapturedDisposition } from '#domain/disposition/captured-disposition.ts';
import { decodeFeatures } from '#domain/propensity/feature-vector.ts';
import type { PresentedResponse } from '#domain/propensity/learn-responses.ts';
import { responseOf } from '#domain/propensity/response-of.ts';
import { environment } from '#runtime/environment.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import { logger, withRuntime } from '#runtime/lambda.ts';
import { allBut, type QueueAnswer, QueueEvent } from '#runtime/queue.ts';
import { readBusEvent } from '#runtime/read-bus-event.ts';
import { fullJitter } from '#runtime/retry.ts';
import { type LearnDeps, learnRun, runsOf } from '#use-cases/learn/learn-from-run.ts';

/** Teaches propensity models what customers did with treatments: each presentation once, however often it is told. */
export function makeHandler(deps: LearnDeps) {
  return async ({ Records }: QueueEvent): Promise<QueueAnswer> => {
    const failed = new Set<string>();
    const messagesOf = new Map<PresentedResponse, string>();
    for (const { messageId, body } of Records) {
      try {
        for (const response of responsesIn(body)) messagesOf.set(response, messageId);
      } catch (error) {
        logger.error('A queue message can’t be read', { messageId, error });
        failed.add(messageId);
      }
    }
    for (const run of runsOf([...messagesOf.keys()])) {
      try {
        await learnRun(run, deps);
      } catch (error) {
        logger.error('Models did not learn', { responses: run.length, error });
        for (const response of run) failed.add(messagesOf.get(response) ?? '');
      }
    }
    return allBut(failed);
  };
}

function responsesIn(body: string): PresentedResponse[] {
  const event = readBusEvent(body);
  if (event['detail-type'] !== 'DispositionCaptured')
    throw new UnexpectedShapeError(`Expected DispositionCaptured, got ${event['detail-type']}`);
  return event.detail.dispositions.flatMap((captured) => responseIn(captured) ?? []);
}

function responseIn(captured: CapturedDisposition): PresentedResponse | undefined {
  const { decisionId, decidedAt, treatmentId, offerId, channel } = captured;
  const response = responseOf(captured.disposition, captured.goal);
  if (response === undefined || captured.isLate) return undefined;
  const features = decodeFeatures(captured.features);
  if (features === undefined) throw new UnexpectedShapeError(`Decision ${decisionId} has features that can’t be read`);
  const atMs = Date.parse(captured.occurredAt);
  return { decisionId, decidedAt, treatmentId, offerId, channel, features, response, atMs };
}

export const handler = withRuntime('learn-from-dispositions', QueueEvent, () => {
  const { MODELS_TABLE } = environment('MODELS_TABLE');
  return makeHandler({
    trainingStore: dynamoTrainingStore(new DynamoDBClient({}), MODELS_TABLE),
    now: Date.now,
    pause: fullJitter(50, 1000),
  });
});
