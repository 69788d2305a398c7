import type { CampaignEntries, CampaignEntry } from '#ports/campaign-entries.ts';

/** Entries to campaigns in memory. */
export class MemoryCampaignEntries implements CampaignEntries {
  readonly entries = new Map<string, CampaignEntry>();

  async of(campaignId: string, customerIds: readonly string[]): Promise<ReadonlyMap<string, CampaignEntry>> {
    return new Map(
      customerIds.flatMap((customerId): [string, CampaignEntry][] => {
        const entry = this.entries.get(`${campaignId} ${customerId}`);
        return entry === undefined ? [] : [[customerId, entry]];
      }),
    );
  }

  async enter(campaignId: string, customerId: string, { runId, atMs }: { runId: string; atMs: number }): Promise<void> {
    const name = `${campaignId} ${customerId}`;
    const known = this.entries.get(name);
    if (known?.runId === runId) return;
    this.entries.set(name, { count: (known?.count ?? 0) + 1, lastAtMs: atMs, runId });
  }
}
