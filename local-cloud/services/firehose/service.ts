import { join } from 'node:path';
import type { CloudContext, ResourceProvider, Service } from '#local-cloud/cloud/service.ts';
import { InjectedFault } from '#local-cloud/faults/injected-fault.ts';
import { firehoseBilling } from './billing.ts';
import { type DeliveryStream, openDeliveryStream } from './delivery-stream.ts';
import { recordOperations } from './operations.ts';
import { createParquetWriter } from './parquet-file.ts';
import { streamArn } from './stream-arn.ts';
import { streamProperties, streamPropertyPaths, streamSettings } from './stream-settings.ts';

/** Firehose: delivery streams into the lake. */
export function createFirehoseService(context: CloudContext): Service {
  const streams = new Map<string, DeliveryStream>();
  const writer = createParquetWriter(join(context.stateDirectory, 'firehose', 'drafts'));
  const provider: ResourceProvider = {
    properties: streamPropertyPaths,
    async create(properties, { physicalName }) {
      const name = streamProperties.parse(properties).DeliveryStreamName ?? physicalName(64);
      const arn = streamArn(context, name);
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
    wire: { protocol: 'json', target: 'Firehose_20150804' },
    bills: firehoseBilling,
    operations: recordOperations(context, streams),
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
