import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import type { Target } from '#scripts/target/target.ts';
import type { SendDeadLetters } from './drain.ts';

/** Events that did not reach their delivery stream go into it, as the bus would have put them. */
export function intoDelivery(target: Target, streamOf: (event: string) => string): SendDeadLetters {
  const firehose = new FirehoseClient(target.client);
  const put = async (DeliveryStreamName: string, bodies: readonly string[]) => {
    const Records = bodies.map((body) => ({ Data: Buffer.from(body, 'utf8') }));
    const { FailedPutCount, RequestResponses = [] } = await firehose.send(
      new PutRecordBatchCommand({ DeliveryStreamName, Records }),
    );
    const reason = RequestResponses.find(({ ErrorMessage }) => ErrorMessage !== undefined)?.ErrorMessage;
    if (FailedPutCount !== 0) throw new Error(`${FailedPutCount} records were not taken: ${reason}; run it again`);
  };
  return async (bodies) => {
    for (const [stream, own] of Map.groupBy(bodies, streamOf)) await put(stream, own);
  };
}
