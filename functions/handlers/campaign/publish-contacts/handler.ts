import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { CampaignRecord } from '#adapters/campaigns-table/stream-images.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { streamBatch, streamHandler } from '#runtime/stream.ts';
import { publishCampaigns } from '#use-cases/publish/publish-campaigns.ts';

export const handler = withRuntime('publish-contacts', streamBatch(CampaignRecord), () => {
  const { BUS_NAME } = environment('BUS_NAME');
  const bus = eventBridgeBus(new EventBridgeClient({}), BUS_NAME);
  return streamHandler(publishCampaigns({ bus, now: Date.now, newId: uuidv7 }));
});
