import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { CloudContext, Operation } from '#local-cloud/cloud/service.ts';
import type { Outbox, OutboxMessage } from '#local-cloud/outbox/outbox.ts';
import { sesError } from './errors.ts';
import { configurationSetTag, type MailFate } from './mail-events.ts';

const text = z.object({ Data: z.string(), Charset: z.string().optional() });
/** What of SendEmail the app uses; any other member is refused by name. */
const sendInput = z.strictObject({
  FromEmailAddress: z.string(),
  Destination: z.strictObject({ ToAddresses: z.array(z.string()).length(1) }),
  ConfigurationSetName: z.string(),
  EmailTags: z
    .array(z.strictObject({ Name: z.string().regex(/^[\w.@-]{1,256}$/), Value: z.string().regex(/^[\w.@-]{1,256}$/) }))
    .max(49)
    .default([]),
  Content: z.strictObject({
    Simple: z.strictObject({
      Subject: text,
      Body: z.strictObject({ Text: text.optional(), Html: text.optional() }),
      // SES takes no more than 15, and none of a few names.
      Headers: z
        .array(z.strictObject({ Name: z.string().regex(/^[\x21-\x39\x3b-\x7e]{1,126}$/), Value: z.string().max(870) }))
        .max(15)
        .default([]),
    }),
  }),
});

/** Sends mails into the outbox, and tells what became of them. */
export function mailOperations(
  { region, account, clock }: CloudContext,
  outbox: Outbox,
  tell: (fate: MailFate, message: OutboxMessage) => Promise<void>,
): Readonly<Record<string, Operation>> {
  const arnOf = (resource: string) => `arn:aws:ses:${region}:${account}:${resource}`;
  return {
    SendEmail: {
      permissions: (input) => {
        const { FromEmailAddress, ConfigurationSetName } = sendInput.parse(input);
        return [
          { action: 'ses:SendEmail', resources: [arnOf(`identity/${plain(FromEmailAddress).split('@')[1] ?? ''}`)] },
          { action: 'ses:SendEmail', resources: [arnOf(`configuration-set/${ConfigurationSetName}`)] },
        ];
      },
      async run(input) {
        const read = sendInput.safeParse(input);
        if (!read.success) throw sesError('BadRequestException', z.prettifyError(read.error));
        const { FromEmailAddress, Destination, ConfigurationSetName, EmailTags, Content } = read.data;
        const { Subject, Body, Headers } = Content.Simple;
        const message: OutboxMessage = {
          providerId: randomUUID(),
          sentAt: new Date(clock.now()).toISOString(),
          channel: 'email',
          from: FromEmailAddress,
          to: Destination.ToAddresses.join(),
          subject: Subject.Data,
          text: Body.Text?.Data,
          html: Body.Html?.Data,
          headers: Object.fromEntries(Headers.map(({ Name, Value }) => [Name, Value])),
          tags: {
            // SES adds tags of its own.
            [configurationSetTag]: ConfigurationSetName,
            ...Object.fromEntries(EmailTags.map(({ Name, Value }) => [Name, Value])),
          },
        };
        outbox.put(message);
        await tell('Send', message);
        await tell('Delivery', message);
        return { MessageId: message.providerId };
      },
    },
  };
}

/** `Shop <offers@example.com>` without the name. */
function plain(address: string): string {
  return /<([^<>]+)>\s*$/.exec(address)?.[1] ?? address;
}
