/** How often a customer has entered a campaign, and when last, epoch milliseconds. */
export interface CampaignEntry {
  readonly count: number;
  readonly lastAtMs: number;
  /** The run of the last one. */
  readonly runId: string;
}

/** Who has entered which campaign, for those that limit it. */
export interface CampaignEntries {
  /** Of those who have entered it. One call per 100 customers. */
  of(campaignId: string, customerIds: readonly string[]): Promise<ReadonlyMap<string, CampaignEntry>>;
  /** Counts an entry by a run, once however often it is told. */
  enter(
    campaignId: string,
    customerId: string,
    entry: { readonly runId: string; readonly atMs: number },
  ): Promise<void>;
}
