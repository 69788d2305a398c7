import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import type { CampaignRuns, ChoosingRun } from '#ports/campaign-runs.ts';

/** Runs in memory, with the conditions of those in DynamoDB. */
export class MemoryCampaignRuns implements CampaignRuns {
  readonly runs = new Map<string, CampaignRun>();
  readonly choosers = new Map<string, ChoosingRun>();

  async nextOrdinal(campaignId: string): Promise<number> {
    const own = [...this.runs.values()].filter((run) => run.campaignId === campaignId && !run.dryRun);
    return own.length + 1;
  }

  async create(run: CampaignRun): Promise<'created' | 'exists'> {
    const isNext = run.dryRun || run.ordinal === (await this.nextOrdinal(run.campaignId));
    if (this.runs.has(run.runId) || !isNext) return 'exists';
    this.runs.set(run.runId, run);
    return 'created';
  }

  async find(runId: string): Promise<CampaignRun | undefined> {
    return this.runs.get(runId);
  }

  async list(campaignId: string, most: number): Promise<readonly CampaignRun[]> {
    const own = [...this.runs.values()].filter((run) => run.campaignId === campaignId);
    return own.sort((a, b) => b.ordinal - a.ordinal || (a.runId < b.runId ? 1 : -1)).slice(0, most);
  }

  async save(run: CampaignRun): Promise<'saved' | 'conflict'> {
    if (this.runs.get(run.runId)?.version !== run.version) return 'conflict';
    this.runs.set(run.runId, { ...run, version: run.version + 1 });
    return 'saved';
  }

  async choosing(): Promise<readonly ChoosingRun[]> {
    return [...this.choosers.values()];
  }

  async enterChoice(run: ChoosingRun): Promise<void> {
    this.choosers.set(run.runId, run);
  }

  async leaveChoice(runId: string): Promise<void> {
    this.choosers.delete(runId);
  }
}
