import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { MailSender } from '#infra/constructs/mail-sender.ts';
import { functionMaker, type StageProps } from '#infra/stages/stage.ts';

/** The functions of the stage with all that they may touch. */
export function sendFunctions(stage: Construct, { config, data }: StageProps, mail: MailSender) {
  const { bus, campaigns, catalogue, customers, decisions, identityKey } = data;
  const fn = functionMaker(stage, config);
  return {
    captureMailEvents: fn('capture-mail-events', 'Takes what SES tells of mails', { timeout: Duration.seconds(30) })
      .reads(campaigns, 'GetItem')
      .writes(campaigns, 'PutItem', 'UpdateItem')
      .publishes(bus)
      .keys(identityKey),

    unsubscribe: fn('unsubscribe', 'Takes the no of who follows the link of a mail')
      .reads(decisions, 'Query')
      .writes(decisions, 'PutItem')
      .publishes(bus)
      .keys(identityKey)
      .identifies(config.identifiers),

    changeSending: fn('change-sending', 'Stops all sending, and lets it go on')
      .reads(campaigns, 'GetItem')
      .writes(campaigns, 'PutItem'),

    testSend: fn('test-send', 'Sends a treatment to whoever tries it', { timeout: Duration.seconds(20) })
      .sendsBy(mail, config.sending)
      .keys(identityKey)
      .reads(customers, 'BatchGetItem', 'Query')
      .reads(catalogue, 'GetItem', 'Query')
      .identifies(config.identifiers),
  };
}
export type SendFunctions = ReturnType<typeof sendFunctions>;
