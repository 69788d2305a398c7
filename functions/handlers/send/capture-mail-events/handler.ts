import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { dynamoAddressRecords } from '#adapters/campaigns-table/dynamo-address-records.ts';
import { dynamoContacts } from '#adapters/campaigns-table/dynamo-contacts.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { SesEnvelope } from '#contracts/wire/ses-event.ts';
import { stageIdentityKey } from '#handlers/wiring/stage-identity-key.ts';
import { eachMessage } from '#runtime/each-message.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { QueueEvent } from '#runtime/queue.ts';
import { fullJitter } from '#runtime/retry.ts';
import { takeMailEvent } from '#use-cases/send/take-mail-event.ts';

export const handler = withRuntime('capture-mail-events', QueueEvent, () => {
  const { CAMPAIGNS_TABLE, BUS_NAME } = environment('CAMPAIGNS_TABLE', 'BUS_NAME');
  const client = new DynamoDBClient({});
  const identityKey = stageIdentityKey();
  const take = takeMailEvent({
    contacts: dynamoContacts(client, CAMPAIGNS_TABLE),
    addresses: dynamoAddressRecords(client, CAMPAIGNS_TABLE),
    bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME),
    hashAddress: async (type, address) => (await identityKey()).hash(type, address),
    pause: fullJitter(20, 400),
    now: Date.now,
    newId: uuidv7,
  });
  return eachMessage(SesEnvelope, 'An event of a mail was not taken', ({ detail }) => take(detail));
});
