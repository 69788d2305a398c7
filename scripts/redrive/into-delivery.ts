import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import type { Target } from '#scripts/target/target.ts';
import type { SendDeadLetters } from './drain.ts';

/** Events that did not reach a delivery stream go into it, as the bus would have put them. */
export function intoDelivery(target: Target, DeliveryStreamName: string): SendDeadLetters {
  const firehose = new FirehoseClient(target.client);
  return async (bodies) => {
    const Records = bodies.map((body) => ({ Data: Buffer.from(body, 'utf8') }));
    const { FailedPutCount, RequestResponses = [] } = await firehose.send(
      new PutRecordBatchCommand({ DeliveryStreamName, Records }),
    );
    const reason = RequestResponses.find(({ ErrorMessage }) => ErrorMessage !== undefined)?.ErrorMessage;
    if (FailedPutCount !== 0) throw new Error(`${FailedPutCount} records were not taken: ${reason}; run it again`);
  };
}
