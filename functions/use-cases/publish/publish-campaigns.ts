import { busEntry } from '#contracts/bus/bus-event.ts';
import { packedEntries } from '#contracts/bus/packed-entries.ts';
import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import type { Contact } from '#domain/campaign/contact.ts';
import type { Bus } from '#ports/bus.ts';

export interface PublishCampaignsDeps {
  readonly bus: Bus;
  readonly now: () => number;
  readonly newId: () => string;
}

type Change =
  | { readonly kind: 'contact'; readonly contact: Contact }
  | { readonly kind: 'run'; readonly run: CampaignRun };

/** Tells the bus what became of runs and of their contacts; that somebody sends one just now is nobody's business. */
export function publishCampaigns({ bus, now, newId }: PublishCampaignsDeps) {
  return async (changes: readonly Change[]): Promise<void> => {
    const stamp = { newId, occurredAt: new Date(now()).toISOString() };
    const contacts = changes.flatMap((change) =>
      change.kind === 'contact' && change.contact.state !== 'sending' ? [change.contact] : [],
    );
    const runs = changes.flatMap((change) => (change.kind === 'run' ? [shown(change.run)] : []));
    const entries = [
      ...packedEntries('CampaignContactsChanged', stamp, contacts, (run) => ({ contacts: run })),
      ...runs.map((run) => busEntry('CampaignRunChanged', stamp, { run })),
    ];
    if (entries.length > 0) await bus.publish(entries);
  };
}

/** What of a run others may read: not whom a trigger brought, of whom there may be many. */
function shown({
  customers: _,
  campaign: __,
  budgetPrices: ___,
  prices: ____,
  pausedFrom: _____,
  ...run
}: CampaignRun) {
  return run;
}
