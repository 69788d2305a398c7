import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { CloudContext, Operation } from '#local-cloud/cloud/service.ts';
import type { DeliveryStream } from './delivery-stream.ts';
import { firehoseError } from './errors.ts';
import { streamArn } from './stream-arn.ts';
import type { StreamRecord } from './stream-record.ts';

/** Limits of the API: bytes of a record before base64, records and bytes of a batch. */
const recordBytes = 1_024_000;
const batchRecords = 500;
const batchBytes = 4 * 1024 * 1024;

const recordData = z.union([
  z.instanceof(Uint8Array),
  z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64'))),
]);
const putInput = z.object({ DeliveryStreamName: z.string(), Record: z.object({ Data: recordData }) });
const putBatchInput = z.object({
  DeliveryStreamName: z.string(),
  Records: z
    .array(z.object({ Data: recordData }))
    .min(1)
    .max(batchRecords),
});
const named = z.object({ DeliveryStreamName: z.string() });

/** Puts records into delivery streams. */
export function recordOperations(
  context: CloudContext,
  streams: ReadonlyMap<string, DeliveryStream>,
): Readonly<Record<string, Operation>> {
  const on = (action: string) => (input: Readonly<Record<string, unknown>>) => [
    { action: `firehose:${action}`, resources: [streamArn(context, named.parse(input).DeliveryStreamName)] },
  ];
  const streamNamed = (name: string): DeliveryStream => {
    const stream = streams.get(name);
    if (stream === undefined) {
      throw firehoseError('ResourceNotFoundException', `Firehose ${name} under account ${context.account} not found.`);
    }
    return stream;
  };
  const recordOf = (data: Uint8Array): StreamRecord => {
    if (data.length > recordBytes) {
      throw firehoseError('InvalidArgumentException', `A record has ${data.length} bytes, the limit is ${recordBytes}`);
    }
    return { recordId: randomUUID(), arrivalMs: context.clock.now(), data };
  };
  return {
    PutRecord: {
      permissions: on('PutRecord'),
      async run(input) {
        const { DeliveryStreamName: name, Record: record } = putInput.parse(input);
        const waiting = recordOf(record.Data);
        streamNamed(name).put([waiting]);
        return { RecordId: waiting.recordId, Encrypted: false };
      },
    },
    PutRecordBatch: {
      permissions: on('PutRecordBatch'),
      async run(input) {
        const { DeliveryStreamName: name, Records: records } = putBatchInput.parse(input);
        const bytes = records.reduce((sum, { Data: data }) => sum + data.length, 0);
        if (bytes > batchBytes) {
          throw firehoseError('InvalidArgumentException', `A batch has ${bytes} bytes, the limit is ${batchBytes}`);
        }
        const waiting = records.map((record) => recordOf(record.Data));
        streamNamed(name).put(waiting);
        return {
          FailedPutCount: 0,
          Encrypted: false,
          RequestResponses: waiting.map(({ recordId }) => ({ RecordId: recordId })),
        };
      },
    },
  };
}
