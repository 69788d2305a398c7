import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { callBody } from '#local-cloud/cloud/call-body.ts';
import { jsonWire } from '#local-cloud/cloud/json-wire.ts';
import { type CloudContext, type Service, ServiceError } from '#local-cloud/cloud/service.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';
import { perCall } from '#local-cloud/metering/per-call.ts';
import type { Outbox, OutboxMessage } from '#local-cloud/outbox/outbox.ts';
import type { EventBridgeService } from '#local-cloud/services/eventbridge/service.ts';
import { configurationSetTag, type MailFate, mailEvent, mailFates } from './mail-events.ts';
import { mailOperations } from './operations.ts';

/** The local SES, and what becomes of mails that went out: readers and servers can be played. */
export interface SesService extends Service {
  /** Something happens to a mail of the outbox: an event of it goes to where its configuration set says. */
  happen(fate: MailFate, message: OutboxMessage, more?: Readonly<Record<string, unknown>>): Promise<void>;
}

const setProperties = z.object({ Name: z.string().optional() });
const destinationProperties = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.boolean().default(true),
    MatchingEventTypes: z.array(z.string()),
    EventBridgeDestination: z.object({ EventBusArn: z.string() }),
  }),
});

/** Amazon SES, API v2: mails land in the outbox, and events of them on the default bus, the only one that SES tells. */
export function createSesService(context: CloudContext, outbox: Outbox, events: EventBridgeService): SesService {
  const destinations: z.infer<typeof destinationProperties>[] = [];

  const tell = async (
    fate: MailFate,
    message: OutboxMessage,
    more?: Readonly<Record<string, unknown>>,
  ): Promise<void> => {
    const { detailType, type } = mailFates[fate];
    const nowMs = context.clock.now();
    const isWanted = destinations.some(
      ({ ConfigurationSetName, EventDestination: { Enabled, MatchingEventTypes } }) =>
        Enabled &&
        message.tags[configurationSetTag] === ConfigurationSetName &&
        MatchingEventTypes.some((each) => each.toUpperCase() === type),
    );
    if (!isWanted) return;
    await events.publish('default', {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source: 'aws.ses',
      account: context.account,
      time: new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: context.region,
      resources: [],
      detail: mailEvent(fate, message, nowMs, more),
    });
  };

  return {
    name: 'ses',
    wire: {
      protocol: 'rest',
      answer: async (request, response, principal) => answer(request, response, principal),
      refuse: jsonWire.refuse,
    },
    bills: perCall,
    happen: (fate, message, more) => context.activity.track(() => tell(fate, message, more)),
    operations: mailOperations(context, outbox, tell),
    resources: {
      'AWS::SES::ConfigurationSet': {
        properties: [
          'Name',
          'SuppressionOptions.SuppressedReasons',
          'DeliveryOptions.TlsPolicy',
          'ReputationOptions.ReputationMetricsEnabled',
          'SendingOptions.SendingEnabled',
        ],
        async create(properties, { physicalName }) {
          const name = setProperties.parse(properties).Name ?? physicalName(64);
          return { ref: name };
        },
      },
      'AWS::SES::ConfigurationSetEventDestination': {
        properties: [
          'ConfigurationSetName',
          ...['Enabled', 'Name', 'MatchingEventTypes', 'EventBridgeDestination.EventBusArn'].map(
            (name) => `EventDestination.${name}`,
          ),
        ],
        async create(properties, { physicalName }) {
          destinations.push(destinationProperties.parse(properties));
          return { ref: physicalName(64) };
        },
      },
    },
    async stop() {
      outbox.close();
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse, principal: Principal): Promise<void> {
    try {
      if (request.method !== 'POST' || request.url !== '/v2/email/outbound-emails') {
        throw new ServiceError(
          'UnknownOperationException',
          `the local cloud does not know ${request.method} ${request.url}`,
          404,
        );
      }
      const input = z.record(z.string(), z.unknown()).parse(JSON.parse((await callBody(request)).toString('utf8')));
      jsonWire.write(response, await context.call(principal, 'ses', 'SendEmail', input));
    } catch (error) {
      jsonWire.refuse(response, error);
    }
  }
}
