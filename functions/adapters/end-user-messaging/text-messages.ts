import { type PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { tagsOf } from '#contracts/wire/message-tags.ts';
import type { SmsMessage } from '#domain/channel/channel-message.ts';
import type { ChannelPort } from '#ports/channel.ts';

/** What text messages are sent with. */
export interface SmsSettings {
  /** A number, sender id or pool of the account: its id or ARN. Without one nothing goes out. */
  readonly origination: string | undefined;
  readonly configurationSet: string | undefined;
  readonly now: () => number;
}

/** SendTextMessage takes so many characters: https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html */
const longest = 1600;
const busyMs = 60_000;

/** Text messages by AWS End User Messaging, whose API has no key of idempotency: give it a client that tries once. */
export function textMessages(client: PinpointSMSVoiceV2Client, settings: SmsSettings): ChannelPort<SmsMessage> {
  const { origination, configurationSet, now } = settings;
  return {
    isIdempotent: false,
    async send(message) {
      if (origination === undefined) return { kind: 'refused', reason: 'not_configured' };
      if (message.text.length > longest) return { kind: 'refused', reason: 'too_large' };
      try {
        const { MessageId = '' } = await client.send(
          new SendTextMessageCommand({
            DestinationPhoneNumber: message.to,
            OriginationIdentity: origination,
            MessageBody: message.text,
            MessageType: message.isPromotional ? 'PROMOTIONAL' : 'TRANSACTIONAL',
            ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
            Context: Object.fromEntries(tagsOf(message)),
          }),
        );
        return { kind: 'sent', providerId: MessageId };
      } catch (error) {
        switch (error instanceof Error ? error.name : '') {
          case 'ValidationException':
            return { kind: 'refused', reason: 'provider_refused' };
          case 'ConflictException':
            // The number is on the account's list of who said STOP.
            return { kind: 'refused', reason: 'opted_out' };
          case 'ResourceNotFoundException':
          case 'AccessDeniedException':
            return { kind: 'refused', reason: 'not_configured' };
          case 'ThrottlingException':
          case 'ServiceQuotaExceededException':
            return { kind: 'later', retryAtMs: now() + busyMs };
          default:
            throw error;
        }
      }
    },
  };
}
