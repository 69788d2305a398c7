import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { textMessages } from '#adapters/end-user-messaging/text-messages.ts';
import { sesEmail } from '#adapters/ses/ses-email.ts';
import { resolveByDns } from '#adapters/webhook/public-lookup.ts';
import { signedWebhook } from '#adapters/webhook/signed-webhook.ts';
import type { ChannelPort, Channels } from '#ports/channel.ts';
import { environment } from '#runtime/environment.ts';
import { stageKey } from './stage-key.ts';

/** Nothing goes out on it. */
const notSetUp: ChannelPort<never> = {
  isIdempotent: true,
  send: async () => ({ kind: 'refused', reason: 'not_configured' }),
};

/** SDKs try again by themselves after a lost answer, and a mail would go twice. */
const once = { maxAttempts: 1 };

/** Every channel as the stage's settings have it; one that is not set up refuses by name. */
export function stageChannels(): Channels {
  const { MAIL_FROM, MAIL_CONFIGURATION_SET, SMS_ORIGINATION } = environment(
    'MAIL_FROM',
    'MAIL_CONFIGURATION_SET',
    'SMS_ORIGINATION',
  );
  const now = Date.now;
  return {
    email: sesEmail(new SESv2Client(once), { from: said(MAIL_FROM), configurationSet: MAIL_CONFIGURATION_SET, now }),
    sms: textMessages(new PinpointSMSVoiceV2Client(once), {
      origination: said(SMS_ORIGINATION),
      configurationSet: undefined,
      now,
    }),
    // Their SDKs beside these would make a bundle of more than 300 KB: they wait for a sender of their own.
    push: notSetUp,
    'call-list': notSetUp,
    webhook: signedWebhook({ key: stageKey('webhook'), resolve: resolveByDns, now }),
    // Customers come to these touchpoints by themselves, and decisions meet them there.
    inbound: notSetUp,
  };
}

/** A setting that the stage has; a function's variables are never absent, so that none is forgotten. */
const said = (setting: string) => (setting === 'none' ? undefined : setting);
