import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { CustomerRecord } from '#adapters/customers-table/stream-images.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { streamBatch, streamHandler } from '#runtime/stream.ts';
import { publishCustomerChanges } from '#use-cases/publish/publish-customer-changes.ts';

export const handler = withRuntime('publish-customer-changes', streamBatch(CustomerRecord), () => {
  const { BUS_NAME } = environment('BUS_NAME');
  const bus = eventBridgeBus(new EventBridgeClient({}), BUS_NAME);
  return streamHandler(publishCustomerChanges({ bus, now: Date.now, newId: uuidv7 }));
});
