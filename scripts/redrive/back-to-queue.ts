import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SendDeadLetters } from './drain.ts';

/** Dead letters of a queue go back to it. */
export function backToQueue(sqs: SQSClient, QueueUrl: string): SendDeadLetters {
  return async (bodies) => {
    // One by one when they are large: a batch may have 256 KB.
    const batches = bodies.some((body) => body.length > 20_000) ? bodies.map((body) => [body]) : [bodies];
    for (const batch of batches) {
      const Entries = batch.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      if (Failed.length > 0)
        throw new Error(`${Failed.length} messages were not taken: ${Failed[0]?.Message}; run it again`);
    }
  };
}
