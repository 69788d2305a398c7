import type { ControlledCloud } from '#local-cloud/cloud/control.ts';
import type { SesService } from '#local-cloud/services/ses/service.ts';
import type { Outbox } from './outbox.ts';

/** How the outbox is looked into, and its mails answered. */
export function outboxControl(
  outbox: Outbox,
  ses: Pick<SesService, 'happen'>,
): Pick<ControlledCloud, 'outbox' | 'actOn'> {
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
