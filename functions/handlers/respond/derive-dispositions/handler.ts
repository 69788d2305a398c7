import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { dynamoDispositions } from '#adapters/decisions-table/dynamo-dispositions.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { dispositionOfEvent } from '#domain/disposition/disposition-of-event.ts';
import { environment } from '#runtime/environment.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import { logger, withRuntime } from '#runtime/lambda.ts';
import { allBut, type QueueAnswer, QueueEvent } from '#runtime/queue.ts';
import { readBusEvent } from '#runtime/read-bus-event.ts';
import {
  type DispositionCaptureDeps,
  dispositionCapture,
  type Report,
} from '#use-cases/respond/disposition-capture.ts';

/** Takes the dispositions that events of the Segment specs mean: each is the same as one told by the API. */
export function makeHandler(deps: DispositionCaptureDeps) {
  const take = dispositionCapture(deps);
  return async ({ Records }: QueueEvent): Promise<QueueAnswer> => {
    const failed: string[] = [];
    for (const { messageId, body } of Records) {
      try {
        const reports = reportsIn(body);
        if (reports.length > 0) await take(reports);
      } catch (error) {
        logger.error('Dispositions of a message were not taken', { messageId, error });
        failed.push(messageId);
      }
    }
    return allBut(failed);
  };
}

function reportsIn(body: string): Report[] {
  const event = readBusEvent(body);
  if (event['detail-type'] !== 'InteractionsReceived')
    throw new UnexpectedShapeError(`Expected InteractionsReceived, got ${event['detail-type']}`);
  return event.detail.personas
    .flatMap(({ interactions }) => interactions)
    .flatMap((interaction): Report[] => {
      const meant = dispositionOfEvent(interaction);
      if (meant === undefined) return [];
      const { occurredAt, receivedAt, touchpoint } = interaction;
      const { decisionId, treatmentNames, disposition, value } = meant;
      const amount = value === undefined ? {} : { valueMinor: value.amountMinor, currency: value.currency };
      return [
        {
          decisionId: decisionId.toLowerCase(),
          treatmentNames,
          disposition,
          occurredAt,
          receivedAt,
          touchpoint,
          ...amount,
        },
      ];
    });
}

export const handler = withRuntime('derive-dispositions', QueueEvent, () => {
  const { DECISIONS_TABLE, BUS_NAME } = environment('DECISIONS_TABLE', 'BUS_NAME');
  return makeHandler({
    dispositions: dynamoDispositions(new DynamoDBClient({}), DECISIONS_TABLE),
    bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME),
    now: Date.now,
    newId: uuidv7,
  });
});
