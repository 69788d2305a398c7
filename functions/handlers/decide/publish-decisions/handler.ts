import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { decisionAccounts } from '#adapters/decisions-table/decision-accounts.ts';
import { DecisionRecord } from '#adapters/decisions-table/stream-images.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { streamBatch, streamHandler } from '#runtime/stream.ts';
import { publishDecisions } from '#use-cases/publish/publish-decisions.ts';

export const handler = withRuntime('publish-decisions', streamBatch(DecisionRecord), () => {
  const { BUS_NAME } = environment('BUS_NAME');
  const bus = eventBridgeBus(new EventBridgeClient({}), BUS_NAME);
  return streamHandler(publishDecisions({ accounts: decisionAccounts, bus, now: Date.now, newId: uuidv7 }));
});
