import { type PinpointClient, SendMessagesCommand } from '@aws-sdk/client-pinpoint';
import { tagsOf } from '#contracts/wire/message-tags.ts';
import type { PushMessage } from '#domain/channel/channel-message.ts';
import type { ChannelPort, SendAnswer } from '#ports/channel.ts';

export interface PushSettings {
  /** The application that has the firm's keys of Apple and Google. Without one nothing goes out. */
  readonly applicationId: string | undefined;
  readonly now: () => number;
}

const busyMs = 60_000;

/**
 * Push by AWS End User Messaging Push, whose API is Pinpoint's SendMessages: of Pinpoint's end in October 2026 AWS excepts it
 * (https://docs.aws.amazon.com/pinpoint/latest/userguide/migrate.html). No key of idempotency: give it a client that tries once.
 */
export function pushMessages(client: PinpointClient, { applicationId, now }: PushSettings): ChannelPort<PushMessage> {
  return {
    isIdempotent: false,
    async send(message) {
      if (applicationId === undefined) return { kind: 'refused', reason: 'not_configured' };
      const { token, platform, title, text, url } = message;
      const shown = {
        Title: title,
        Body: text,
        Action: url === undefined ? 'OPEN_APP' : 'URL',
        ...(url === undefined ? {} : { Url: url }),
        Data: Object.fromEntries(tagsOf(message)),
      } as const;
      try {
        const { MessageResponse } = await client.send(
          new SendMessagesCommand({
            ApplicationId: applicationId,
            MessageRequest: {
              Addresses: { [token]: { ChannelType: platform } },
              MessageConfiguration: platform === 'GCM' ? { GCMMessage: shown } : { APNSMessage: shown },
              TraceId: message.messageId,
            },
          }),
        );
        return answerOf(MessageResponse?.Result?.[token], now());
      } catch (error) {
        if (error instanceof Error && error.name === 'TooManyRequestsException') {
          return { kind: 'later', retryAtMs: now() + busyMs };
        }
        if (error instanceof Error && (error.name === 'NotFoundException' || error.name === 'ForbiddenException')) {
          return { kind: 'refused', reason: 'not_configured' };
        }
        if (error instanceof Error && error.name === 'BadRequestException') {
          return { kind: 'refused', reason: 'provider_refused' };
        }
        throw error;
      }
    },
  };
}

/** The service answers 200 and says for each token what became of it. */
function answerOf(
  result: { readonly DeliveryStatus?: string | undefined; readonly MessageId?: string | undefined } | undefined,
  nowMs: number,
): SendAnswer {
  switch (result?.DeliveryStatus) {
    case 'SUCCESSFUL':
    case 'DUPLICATE':
      return { kind: 'sent', providerId: result.MessageId ?? '' };
    case 'OPT_OUT':
      return { kind: 'refused', reason: 'opted_out' };
    case 'THROTTLED':
    case 'TEMPORARY_FAILURE':
    case 'TIMEOUT':
      return { kind: 'later', retryAtMs: nowMs + busyMs };
    default:
      return { kind: 'refused', reason: 'address_refused' };
  }
}
