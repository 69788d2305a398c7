import type { CampaignRun } from '#domain/campaign/campaign-run.ts';

/** A run that chooses, or that has chosen and not begun to send: what it has reserved another campaign can still outbid. */
export interface ChoosingRun {
  readonly runId: string;
  readonly campaignId: string;
  /** What the ids of its decisions begin with. */
  readonly part: string;
  /** Absent until its audience is known. */
  readonly chunks?: number | undefined;
  readonly sinceMs: number;
  readonly hasChosen: boolean;
}

/** Runs of campaigns. */
export interface CampaignRuns {
  /** The ordinal that the campaign's next run has. */
  nextOrdinal(campaignId: string): Promise<number>;
  /** Stores a new run, and counts it unless it is a dry one; `exists` when there is one of this name, or another has the ordinal. */
  create(run: CampaignRun): Promise<'created' | 'exists'>;
  find(runId: string): Promise<CampaignRun | undefined>;
  /** Runs of a campaign, the latest first. */
  list(campaignId: string, most: number): Promise<readonly CampaignRun[]>;
  /** Stores what a run has become, unless somebody has changed it since it was read. */
  save(run: CampaignRun): Promise<'saved' | 'conflict'>;

  /** The runs whose reservations can be outbid, by the latest news. One round trip. */
  choosing(): Promise<readonly ChoosingRun[]>;
  /** Says so of a run, or how far it is. */
  enterChoice(run: ChoosingRun): Promise<void>;
  leaveChoice(runId: string): Promise<void>;
}
