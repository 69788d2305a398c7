import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { dynamoAddressRecords } from '#adapters/campaigns-table/dynamo-address-records.ts';
import { dynamoContacts } from '#adapters/campaigns-table/dynamo-contacts.ts';
import { dynamoSendingRates } from '#adapters/campaigns-table/dynamo-sending-rates.ts';
import { dynamoSendingRuns } from '#adapters/campaigns-table/dynamo-sending-runs.ts';
import { dynamoSendingSwitch } from '#adapters/campaigns-table/dynamo-sending-switch.ts';
import { dynamoDecisionReads } from '#adapters/customers-table/dynamo-decision-reads.ts';
import { dynamoDispositions } from '#adapters/decisions-table/dynamo-dispositions.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { unsubscribeToken } from '#domain/channel/unsubscribe-token.ts';
import { decisionPlan } from '#domain/decision/decision-plan.ts';
import { environment } from '#runtime/environment.ts';
import { logger } from '#runtime/lambda.ts';
import { fullJitter } from '#runtime/retry.ts';
import { ofCatalogue } from '#use-cases/catalogue/of-catalogue.ts';
import { ratesOf } from '#use-cases/send/rates-of.ts';
import { sendDueMessages } from '#use-cases/send/send-due-messages.ts';
import { freshDynamoCatalogue } from './fresh-dynamo-catalogue.ts';
import { stageChannels } from './stage-channels.ts';
import { stageIdentityKey } from './stage-identity-key.ts';
import { stageKey } from './stage-key.ts';

/** A change of the catalogue is in force after this time. */
const catalogueFreshMs = 30_000;

/** What sends due messages, on the tables that the environment names. */
export function dynamoDueMessages() {
  const env = environment(
    'CAMPAIGNS_TABLE',
    'CUSTOMERS_TABLE',
    'DECISIONS_TABLE',
    'BUS_NAME',
    'USUAL_TIME_ZONE',
    'API_URL',
    'SENDING_RATES',
  );
  const client = new DynamoDBClient({});
  const identityKey = stageIdentityKey();
  const unsubscribeKey = stageKey('unsubscribe');
  return sendDueMessages({
    plan: ofCatalogue(freshDynamoCatalogue(client, catalogueFreshMs), decisionPlan),
    reads: dynamoDecisionReads(client, { customers: env.CUSTOMERS_TABLE, decisions: env.DECISIONS_TABLE }),
    contacts: dynamoContacts(client, env.CAMPAIGNS_TABLE),
    runs: dynamoSendingRuns(client, env.CAMPAIGNS_TABLE),
    sendingSwitch: dynamoSendingSwitch(client, env.CAMPAIGNS_TABLE),
    rates: dynamoSendingRates(client, env.CAMPAIGNS_TABLE),
    addresses: dynamoAddressRecords(client, env.CAMPAIGNS_TABLE),
    dispositions: dynamoDispositions(client, env.DECISIONS_TABLE),
    bus: eventBridgeBus(new EventBridgeClient({}), env.BUS_NAME),
    channels: stageChannels(),
    perMinute: ratesOf(env.SENDING_RATES),
    hashAddress: async (type, address) => (await identityKey()).hash(type, address),
    unsubscribeUrl: async (said) => `${env.API_URL}/v1/unsubscribe/${unsubscribeToken(await unsubscribeKey(), said)}`,
    usualZone: env.USUAL_TIME_ZONE,
    pause: fullJitter(20, 400),
    now: Date.now,
    newId: uuidv7,
    onFault: (error) => logger.error('A message was not sent', { error }),
  });
}
