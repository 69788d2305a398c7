import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { callBody } from '#local-cloud/cloud/call-body.ts';
import { jsonWire } from '#local-cloud/cloud/json-wire.ts';
import { type CloudContext, type Service, ServiceError } from '#local-cloud/cloud/service.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';
import { perCall } from '#local-cloud/metering/per-call.ts';
import type { Outbox } from '#local-cloud/outbox/outbox.ts';

const shown = z.strictObject({
  Title: z.string(),
  Body: z.string(),
  Action: z.enum(['OPEN_APP', 'URL']),
  Url: z.string().optional(),
  Data: z.record(z.string(), z.string()).default({}),
});
const sendInput = z.object({
  ApplicationId: z.string(),
  Addresses: z.record(z.string(), z.strictObject({ ChannelType: z.enum(['APNS', 'APNS_SANDBOX', 'GCM']) })),
  MessageConfiguration: z.strictObject({ APNSMessage: shown.optional(), GCMMessage: shown.optional() }),
});

/** AWS End User Messaging Push, whose API is Pinpoint's: messages land in the outbox. */
export function createMobileTargetingService(context: CloudContext, outbox: Outbox): Service {
  const { region, account, clock } = context;

  async function answer(request: IncomingMessage, response: ServerResponse, principal: Principal): Promise<void> {
    try {
      const application = /^\/v1\/apps\/([\w-]+)\/messages$/.exec(request.url ?? '')?.[1];
      if (request.method !== 'POST' || application === undefined) {
        throw new ServiceError(
          'UnknownOperationException',
          `the local cloud does not know ${request.method} ${request.url}`,
          404,
        );
      }
      const body = z.record(z.string(), z.unknown()).parse(JSON.parse((await callBody(request)).toString('utf8')));
      const input = { ...body, ApplicationId: application };
      jsonWire.write(response, await context.call(principal, 'mobiletargeting', 'SendMessages', input));
    } catch (error) {
      jsonWire.refuse(response, error);
    }
  }

  return {
    name: 'mobiletargeting',
    wire: { protocol: 'rest', answer, refuse: jsonWire.refuse },
    bills: perCall,
    resources: {},
    operations: {
      SendMessages: {
        permissions: ({ ApplicationId }) => [
          {
            action: 'mobiletargeting:SendMessages',
            resources: [`arn:aws:mobiletargeting:${region}:${account}:apps/${String(ApplicationId)}/messages`],
          },
        ],
        async run(input) {
          const { ApplicationId, Addresses, MessageConfiguration } = sendInput.parse(input);
          const { APNSMessage, GCMMessage } = MessageConfiguration;
          const Result: Record<string, object> = {};
          for (const [token, { ChannelType }] of Object.entries(Addresses)) {
            const message = ChannelType === 'GCM' ? GCMMessage : APNSMessage;
            const providerId = randomUUID();
            const { Title: subject, Body: text, Data: tags } = message ?? {};
            const sentAt = new Date(clock.now()).toISOString();
            outbox.put({ providerId, sentAt, channel: 'push', to: token, subject, text, tags });
            Result[token] = { DeliveryStatus: 'SUCCESSFUL', StatusCode: 200, MessageId: providerId };
          }
          return { ApplicationId, RequestId: randomUUID(), Result };
        },
      },
    },
  };
}
