import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { sesEventTypes } from '#contracts/wire/ses-event.ts';
import { EventRoute } from '#infra/constructs/event-route.ts';
import type { MailSender } from '#infra/constructs/mail-sender.ts';
import type { StageProps } from '#infra/stages/stage.ts';
import type { SendFunctions } from './functions.ts';

/** What brings something to the functions, and sets aside what they could not take. */
export function sendQueues(stage: Construct, { config }: StageProps, fn: SendFunctions, mail: MailSender) {
  return {
    mailEvents: new EventRoute(stage, 'mail-events', {
      eventPattern: {
        source: ['aws.ses'],
        detailType: Object.values(sesEventTypes),
        // Mails of the account that others send are none of ours.
        detail: { mail: { tags: { 'ses:configuration-set': [mail.configurationSet] } } },
      },
      to: fn.captureMailEvents,
      batchSize: 25,
      batchingWindow: Duration.seconds(1),
      maxConcurrency: config.profileConcurrency,
    }),
  };
}
export type SendQueues = ReturnType<typeof sendQueues>;
