import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import {
  type CloudContext,
  type Operation,
  type ResourceProvider,
  type Service,
  ServiceError,
} from '#local-cloud/cloud/service.ts';
import { InjectedFault } from '#local-cloud/faults/injected-fault.ts';
import { type DeliveryStream, openDeliveryStream } from './delivery-stream.ts';
import { createParquetWriter } from './parquet-file.ts';
import type { StreamRecord } from './stream-record.ts';
import { StreamProperties, streamPropertyPaths, streamSettings } from './stream-settings.ts';

/** Limits of the API: bytes of a record before base64, records and bytes of a batch. */
const recordBytes = 1_024_000;
const batchRecords = 500;
const batchBytes = 4 * 1024 * 1024;

const Data = z.union([
  z.instanceof(Uint8Array),
  z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64'))),
]);
const PutInput = z.object({ DeliveryStreamName: z.string(), Record: z.object({ Data }) });
const PutBatchInput = z.object({
  DeliveryStreamName: z.string(),
  Records: z.array(z.object({ Data })).min(1).max(batchRecords),
});
const Named = z.object({ DeliveryStreamName: z.string() });

/** Firehose: delivery streams into the lake. */
export function createFirehoseService(context: CloudContext): Service {
  const streams = new Map<string, DeliveryStream>();
  const writer = createParquetWriter(join(context.stateDirectory, 'firehose', 'drafts'));
  const provider: ResourceProvider = {
    properties: streamPropertyPaths,
    async create(properties, { physicalName }) {
      const name = StreamProperties.parse(properties).DeliveryStreamName ?? physicalName(64);
      const arn = arnOf(context, name);
      streams.set(name, openDeliveryStream(context, writer, streamSettings(properties, name, arn)));
      return { ref: name, attributes: { Arn: arn } };
    },
  };
  const deliverAll = async (now: boolean) => {
    const delivered = await Promise.all(
      [...streams.values()].map((stream) => stream.deliver(now).catch(waitsAfterFault)),
    );
    return delivered.some((some) => some);
  };
  return {
    name: 'firehose',
    target: 'Firehose_20150804',
    operations: operationsOf(context, streams),
    resources: { 'AWS::KinesisFirehose::DeliveryStream': provider },
    flush: () => context.activity.track(() => deliverAll(true)),
    async clockMoved() {
      await context.activity.track(() => deliverAll(false));
    },
    async stop() {
      for (const stream of streams.values()) stream.stop();
      await writer.close();
    },
  };
}

/** After an injected fault the records wait, and are there for the next try. */
function waitsAfterFault(error: unknown): true {
  if (error instanceof InjectedFault) return true;
  throw error;
}

const arnOf = (context: CloudContext, name: string) =>
  `arn:aws:firehose:${context.region}:${context.account}:deliverystream/${name}`;

function operationsOf(context: CloudContext, streams: ReadonlyMap<string, DeliveryStream>): Record<string, Operation> {
  const on = (action: string) => (input: Readonly<Record<string, unknown>>) => [
    { action: `firehose:${action}`, resources: [arnOf(context, Named.parse(input).DeliveryStreamName)] },
  ];
  const streamNamed = (name: string): DeliveryStream => {
    const stream = streams.get(name);
    if (stream === undefined) {
      throw new ServiceError(
        'ResourceNotFoundException',
        `Firehose ${name} under account ${context.account} not found.`,
      );
    }
    return stream;
  };
  const recordOf = (data: Uint8Array): StreamRecord => {
    if (data.length > recordBytes) {
      throw new ServiceError(
        'InvalidArgumentException',
        `A record has ${data.length} bytes, the limit is ${recordBytes}`,
      );
    }
    return { recordId: randomUUID(), arrivalMs: context.clock.now(), data };
  };
  return {
    PutRecord: {
      permissions: on('PutRecord'),
      async run(input) {
        const { DeliveryStreamName: name, Record: record } = PutInput.parse(input);
        const waiting = recordOf(record.Data);
        streamNamed(name).put([waiting]);
        return { RecordId: waiting.recordId, Encrypted: false };
      },
    },
    PutRecordBatch: {
      permissions: on('PutRecordBatch'),
      async run(input) {
        const { DeliveryStreamName: name, Records: records } = PutBatchInput.parse(input);
        const bytes = records.reduce((sum, { Data: data }) => sum + data.length, 0);
        if (bytes > batchBytes) {
          throw new ServiceError('InvalidArgumentException', `A batch has ${bytes} bytes, the limit is ${batchBytes}`);
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
