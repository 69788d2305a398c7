import type { SesService } from '#local-cloud/services/ses/service.ts';
import type { Outbox, OutboxMessage, OutboxQuery } from './outbox.ts';
import type { ReaderAct } from './reader-act.ts';

/** How the outbox is looked into, and its mails answered. */
export interface OutboxControl {
  /** What was sent to customers, in the order of sending. */
  outbox(query: OutboxQuery): readonly OutboxMessage[];
  /** Somebody does something with a mail of the outbox. False when there is no such mail. */
  actOn(act: ReaderAct): Promise<boolean>;
}

/** The control of an outbox whose mails went out through the local SES. */
export function outboxControl(outbox: Outbox, ses: Pick<SesService, 'happen'>): OutboxControl {
  return {
    outbox: (query) => outbox.find(query),
    async actOn({ providerId, act, ...more }) {
      const message = outbox.byProviderId(providerId);
      if (message?.channel !== 'email') return false;
      await ses.happen(act, message, more);
      return true;
    },
  };
}
