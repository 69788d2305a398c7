import { runAccounts } from '#domain/campaign/run-accounts.ts';
import type { CampaignDeps } from './campaign-deps.ts';
import { runOf } from './run-of.ts';

/** Between two looks: at first as long as the run sends, so that short runs end soon and long ones cost few looks. */
const shortestSeconds = 10;
const longestSeconds = 600;

/** Whether anything of a run is pending, and in how many seconds to look again. */
export function checkRun({ runs, contacts, now }: Pick<CampaignDeps, 'runs' | 'contacts' | 'now'>) {
  return async ({ runId }: { readonly runId: string }) => {
    const run = await runOf(runs, runId);
    const tallies = await contacts.tallies(runId);
    const { pending } = runAccounts(run.audience ?? 0, tallies.values(), true);
    if (pending === 0 || run.state === 'cancelled') return { isOver: true, waitSeconds: 0 };
    const sinceSeconds = Math.ceil((now() - (run.releasedAtMs ?? now())) / 1000);
    return {
      isOver: false,
      waitSeconds: Math.min(longestSeconds, Math.max(shortestSeconds, Math.ceil(sinceSeconds / 4))),
    };
  };
}
