import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import * as z from 'zod';
import { lakeTables } from '#contracts/lake/tables.ts';
import { parseJson } from '#runtime/parse.ts';
import type { Target } from '#scripts/target/target.ts';
import type { SendDeadLetters } from './drain.ts';

const LostEvent = z.object({ 'detail-type': z.string() });

/** Events that did not reach the delivery stream of their table go into it, as the bus would have put them. */
export function intoDelivery(target: Target, streamOf: Readonly<Record<string, string>>): SendDeadLetters {
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
    for (const [stream, own] of Map.groupBy(bodies, (body) => streamFor(body, streamOf))) await put(stream, own);
  };
}

/** The stream of the one table that an event's rows are in. */
function streamFor(body: string, streamOf: Readonly<Record<string, string>>): string {
  const { 'detail-type': told } = parseJson(LostEvent, body, 'A dead letter of the lake');
  const table = lakeTables.find(({ events }) => events.some(({ detailType }) => detailType === told));
  const stream = table && streamOf[table.name];
  if (stream === undefined) throw new Error(`No table of the lake takes ${told}`);
  return stream;
}
