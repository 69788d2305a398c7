import type { RunAnswer } from '#contracts/api/campaign-run-answers.ts';
import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import { runAccounts } from '#domain/campaign/run-accounts.ts';
import { executionName } from '#domain/campaign/run-name.ts';
import type { RunWorkflow } from '#ports/run-workflow.ts';
import type { CampaignDeps } from './campaign-deps.ts';
import { accountsNow } from './summarise-run.ts';

export interface DescribeRunDeps extends Pick<CampaignDeps, 'contacts'> {
  readonly workflow: RunWorkflow;
}

/** A run as it stands, with accounts that add up at any time. */
export function describeRun({ contacts, workflow }: DescribeRunDeps) {
  return async (run: CampaignRun): Promise<RunAnswer> => {
    const isOver = run.accounts !== undefined;
    const execution = isOver ? 'succeeded' : await workflow.state(executionName(run));
    const hasFailed = execution === 'failed' && run.state !== 'cancelled';
    const accounts =
      run.accounts ?? (run.dryRun ? runAccounts(run.audience ?? 0, [], false) : await accountsNow({ contacts }, run));
    return {
      runId: run.runId,
      campaignId: run.campaignId,
      dryRun: run.dryRun,
      state: hasFailed ? 'failed' : run.state,
      startedAt: new Date(run.startedAtMs).toISOString(),
      startedBy: run.startedBy,
      ...(run.finishedAtMs === undefined ? {} : { finishedAt: new Date(run.finishedAtMs).toISOString() }),
      revision: run.revision,
      ...(run.sendsAt === undefined ? {} : { sendsAt: run.sendsAt }),
      accounts,
      prices: run.prices,
    };
  };
}
