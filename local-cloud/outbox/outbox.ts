import { join } from 'node:path';
import * as z from 'zod';
import { openJournal } from '#local-cloud/cloud/journal.ts';
import type { CloudContext } from '#local-cloud/cloud/service.ts';

const outboxMessage = z.object({
  /** What the provider calls it. */
  providerId: z.string(),
  sentAt: z.string(),
  channel: z.enum(['email', 'sms', 'push']),
  /** Where it went: an address, a number, a device. */
  to: z.string(),
  from: z.string().optional(),
  subject: z.string().optional(),
  text: z.string().optional(),
  html: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  /** What was sent with it for the provider's events to hand back. */
  tags: z.record(z.string(), z.string()).default({}),
});
export type OutboxMessage = z.infer<typeof outboxMessage>;

/** What of the outbox is asked for: a channel, and a customer by id (tag `customer_id`) or address. */
export interface OutboxQuery {
  readonly channel?: string | undefined;
  readonly customer?: string | undefined;
}

/** All that went out of this cloud, instead of to anybody. */
export interface Outbox {
  put(message: z.input<typeof outboxMessage>): void;
  find(query: OutboxQuery): readonly OutboxMessage[];
  byProviderId(providerId: string): OutboxMessage | undefined;
  close(): void;
}

/** Kept in the state directory, in the order of sending. */
export function openOutbox({ stateDirectory }: Pick<CloudContext, 'stateDirectory'>): Outbox {
  const messages: OutboxMessage[] = [];
  const journal = openJournal(join(stateDirectory, 'outbox.jsonl'), (entry) => {
    messages.push(outboxMessage.parse(entry));
  });
  return {
    put(message) {
      const whole = outboxMessage.parse(message);
      messages.push(whole);
      journal.append(whole);
    },
    find: ({ channel, customer }) =>
      messages.filter(
        (message) =>
          (channel === undefined || message.channel === channel) &&
          (customer === undefined || message.to === customer || message.tags.customer_id === customer),
      ),
    byProviderId: (providerId) => messages.find((message) => message.providerId === providerId),
    close: () => journal.close(),
  };
}
