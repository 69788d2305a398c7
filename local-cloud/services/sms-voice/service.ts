import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { CloudContext, Service } from '#local-cloud/cloud/service.ts';
import { perCall } from '#local-cloud/metering/per-call.ts';
import type { Outbox } from '#local-cloud/outbox/outbox.ts';
import { smsVoiceError } from './errors.ts';

const sendInput = z.strictObject({
  DestinationPhoneNumber: z.string().regex(/^\+?[1-9][0-9]{1,18}$/),
  OriginationIdentity: z.string().min(1),
  MessageBody: z.string().min(1).max(1600),
  MessageType: z.enum(['TRANSACTIONAL', 'PROMOTIONAL']),
  Context: z.record(z.string(), z.string()).default({}),
});

/** AWS End User Messaging SMS: text messages land in the outbox. */
export function createSmsVoiceService({ region, account, clock }: CloudContext, outbox: Outbox): Service {
  return {
    name: 'sms-voice',
    wire: { protocol: 'json', target: 'PinpointSMSVoiceV2' },
    bills: perCall,
    resources: {},
    operations: {
      SendTextMessage: {
        permissions: ({ OriginationIdentity }) => [
          {
            action: 'sms-voice:SendTextMessage',
            resources: [
              String(OriginationIdentity).startsWith('arn:')
                ? String(OriginationIdentity)
                : `arn:aws:sms-voice:${region}:${account}:phone-number/${String(OriginationIdentity)}`,
            ],
          },
        ],
        async run(input) {
          const read = sendInput.safeParse(input);
          if (!read.success) throw smsVoiceError('ValidationException', z.prettifyError(read.error));
          const { DestinationPhoneNumber, OriginationIdentity, MessageBody, Context } = read.data;
          const providerId = randomUUID();
          outbox.put({
            providerId,
            sentAt: new Date(clock.now()).toISOString(),
            channel: 'sms',
            from: OriginationIdentity,
            to: DestinationPhoneNumber,
            text: MessageBody,
            tags: Context,
          });
          return { MessageId: providerId };
        },
      },
    },
  };
}
