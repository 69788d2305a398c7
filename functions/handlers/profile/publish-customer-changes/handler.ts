import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { publishChanges, StreamEvent } from './publish-changes.ts';

export const handler = withRuntime('publish-customer-changes', StreamEvent, () => {
  const { BUS_NAME } = environment('BUS_NAME');
  return publishChanges({ bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME), now: Date.now, newId: uuidv7 });
});
