import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import type { OpenRun } from '#domain/campaign/open-run.ts';
import type { Catalogue } from '#domain/catalogue/catalogue.ts';
import type { SendingRuns } from '#ports/sending-runs.ts';
import type { CampaignDeps } from './campaign-deps.ts';
import { changeRun, runOf } from './run-of.ts';

/** A run that chooses longer than this is not waited for: it has failed, or it is very large. */
const patienceMs = 15 * 60_000;
/** Who has looked who can be outbid, just before, writes within this time. */
const graceMs = 10_000;
const lookAgainSeconds = 5;

export interface ReleaseRunDeps extends Pick<CampaignDeps, 'runs' | 'now'> {
  readonly catalogue: () => Promise<Pick<Catalogue, 'placements'>>;
  readonly sendingRuns: SendingRuns;
}

/**
 * Lets a run send once all runs have chosen that were choosing when it had: until then a campaign that expects more of a customer may
 * take its place. Answers whether it sends, and in how many seconds to ask again.
 */
export function releaseRun({ runs, sendingRuns, catalogue, now }: ReleaseRunDeps) {
  return async ({ runId }: { readonly runId: string }) => {
    const nowMs = now();
    const again = (seconds: number) => ({ isReleased: false, waitSeconds: seconds });
    const run = await changeRun(runs, runId, (each) =>
      each.chosenAtMs === undefined ? { ...each, chosenAtMs: nowMs } : undefined,
    );
    const choosing = await runs.choosing();
    const own = choosing.find((each) => each.runId === runId);
    if (own !== undefined) {
      if (!own.hasChosen) await runs.enterChoice({ ...own, hasChosen: true });
      const chosenAtMs = run.chosenAtMs ?? nowMs;
      const isAwaited = choosing.some(
        ({ runId: other, hasChosen, sinceMs }) =>
          other !== runId && !hasChosen && sinceMs <= chosenAtMs && nowMs - sinceMs < patienceMs,
      );
      if (isAwaited) return again(lookAgainSeconds);
      await runs.leaveChoice(runId);
      const isAlone = choosing.length === 1;
      await changeRun(runs, runId, (each) => ({ ...each, releasedAtMs: isAlone ? nowMs : nowMs + graceMs }));
      if (!isAlone) return again(graceMs / 1000);
    }
    const released = await runOf(runs, runId);
    const waitMs = (released.releasedAtMs ?? nowMs) - nowMs;
    if (waitMs > 0) return again(Math.ceil(waitMs / 1000));
    const { state } = await changeRun(runs, runId, (each) =>
      each.state === 'choosing' || each.state === 'failed' ? { ...each, state: 'sending' } : undefined,
    );
    if (state === 'sending') await sendingRuns.release(openRunOf(released, await catalogue()));
    return { isReleased: true, waitSeconds: 0 };
  };
}

/** A run as it is let go, with the channels of its placements. */
export function openRunOf(
  { runId, campaignId, campaign }: CampaignRun,
  { placements }: Pick<Catalogue, 'placements'>,
): OpenRun {
  const channels = new Set(campaign.placements.flatMap((id) => placements.get(id)?.channel ?? []));
  return { runId, campaignId, channels: [...channels] };
}
