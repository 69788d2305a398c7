import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { tagsOf } from '#contracts/wire/message-tags.ts';
import type { EmailMessage } from '#domain/channel/channel-message.ts';
import type { ChannelPort } from '#ports/channel.ts';
import { unsubscribeHeaders } from './unsubscribe-headers.ts';

/** What mails are sent with. */
export interface SesSettings {
  /** An address of an identity that SES has verified; without one nothing goes out. */
  readonly from: string | undefined;
  /** Tells the bus what becomes of mails. */
  readonly configurationSet: string;
  readonly now: () => number;
}

/** SES takes some mails a second; a minute later it takes more. */
const busyMs = 60_000;

/**
 * E-mail by Amazon SES. Its API has no key by which a mail that is sent again is the same one: give it a client that tries once, and
 * wait for the event `Send` after a fault.
 */
export function sesEmail(client: SESv2Client, { from, configurationSet, now }: SesSettings): ChannelPort<EmailMessage> {
  return {
    isIdempotent: false,
    async send(message) {
      if (from === undefined) return { kind: 'refused', reason: 'not_configured' };
      const { to, subject, html, text, unsubscribeUrl } = message;
      try {
        const { MessageId = '' } = await client.send(
          new SendEmailCommand({
            FromEmailAddress: from,
            Destination: { ToAddresses: [to] },
            ConfigurationSetName: configurationSet,
            EmailTags: tagsOf(message).map(([Name, Value]) => ({ Name, Value })),
            Content: {
              Simple: {
                Subject: utf8(subject),
                Body: { Text: utf8(text), ...(html === undefined ? {} : { Html: utf8(html) }) },
                Headers: unsubscribeHeaders(unsubscribeUrl),
              },
            },
          }),
        );
        return { kind: 'sent', providerId: MessageId };
      } catch (error) {
        switch (error instanceof Error ? error.name : '') {
          case 'MessageRejected':
          case 'BadRequestException':
            return { kind: 'refused', reason: 'provider_refused' };
          case 'MailFromDomainNotVerifiedException':
          case 'NotFoundException':
            return { kind: 'refused', reason: 'not_configured' };
          case 'TooManyRequestsException':
          case 'LimitExceededException':
          case 'SendingPausedException':
          case 'AccountSuspendedException':
            return { kind: 'later', retryAtMs: now() + busyMs };
          default:
            throw error;
        }
      }
    },
  };
}

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
