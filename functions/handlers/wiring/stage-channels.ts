import { PinpointClient } from '@aws-sdk/client-pinpoint';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { s3CallList } from '#adapters/call-list/s3-call-list.ts';
import { pushMessages } from '#adapters/end-user-messaging/push-messages.ts';
import { textMessages } from '#adapters/end-user-messaging/text-messages.ts';
import { sesEmail } from '#adapters/ses/ses-email.ts';
import { resolveByDns } from '#adapters/webhook/public-lookup.ts';
import { signedWebhook } from '#adapters/webhook/signed-webhook.ts';
import type { Channels } from '#ports/channel.ts';
import { environment } from '#runtime/environment.ts';
import { stageKey } from './stage-key.ts';

/** SDKs try again by themselves after a lost answer, and a mail would go twice. */
const once = { maxAttempts: 1 };

/** Every channel as the stage's settings have it; one that is not set up refuses by name. */
export function stageChannels(): Channels {
  const { MAIL_FROM, MAIL_CONFIGURATION_SET, SMS_ORIGINATION, PUSH_APPLICATION, CALL_LIST_BUCKET, CALL_LIST_PREFIX } =
    environment(
      'MAIL_FROM',
      'MAIL_CONFIGURATION_SET',
      'SMS_ORIGINATION',
      'PUSH_APPLICATION',
      'CALL_LIST_BUCKET',
      'CALL_LIST_PREFIX',
    );
  const now = Date.now;
  return {
    email: sesEmail(new SESv2Client(once), { from: said(MAIL_FROM), configurationSet: MAIL_CONFIGURATION_SET, now }),
    sms: textMessages(new PinpointSMSVoiceV2Client(once), {
      origination: said(SMS_ORIGINATION),
      configurationSet: undefined,
      now,
    }),
    push: pushMessages(new PinpointClient(once), { applicationId: said(PUSH_APPLICATION), now }),
    webhook: signedWebhook({ key: stageKey('webhook'), resolve: resolveByDns, now }),
    'call-list': s3CallList(new S3Client({}), { bucket: CALL_LIST_BUCKET, prefix: CALL_LIST_PREFIX }),
    // Customers come to these touchpoints by themselves, and decisions meet them there.
    inbound: { isIdempotent: true, send: async () => ({ kind: 'refused', reason: 'not_configured' }) },
  };
}

/** A setting that the stage has; a function's variables are never absent, so that none is forgotten. */
const said = (setting: string) => (setting === 'none' ? undefined : setting);
