import type { CampaignRun, RunState } from '#domain/campaign/campaign-run.ts';
import { executionName } from '#domain/campaign/run-name.ts';
import type { Catalogue } from '#domain/catalogue/catalogue.ts';
import type { CampaignRuns } from '#ports/campaign-runs.ts';
import type { RunWorkflow } from '#ports/run-workflow.ts';
import type { SendingRuns } from '#ports/sending-runs.ts';
import { openRunOf } from './release-run.ts';
import { changeRun } from './run-of.ts';

/** What may be asked of a run. */
export const runCommands = ['pause', 'resume', 'cancel', 'redrive'] as const;
export type RunCommand = (typeof runCommands)[number];

export interface ChangeRunDeps {
  readonly runs: CampaignRuns;
  readonly sendingRuns: SendingRuns;
  readonly workflow: RunWorkflow;
  readonly catalogue: () => Promise<Pick<Catalogue, 'placements'>>;
}

/** Pauses, resumes, cancels or redrives a run; undefined when it is in no state for it. */
export function changeRunState(deps: ChangeRunDeps) {
  const { runs, sendingRuns, workflow } = deps;

  /** Changes the state, if it is one of those that may. */
  async function move(runId: string, from: readonly RunState[], change: (run: CampaignRun) => CampaignRun) {
    let isMoved = false;
    const run = await changeRun(runs, runId, (now) => {
      isMoved = from.includes(now.state);
      return isMoved ? change(now) : undefined;
    });
    return isMoved ? run : undefined;
  }

  const commands: Record<RunCommand, (run: CampaignRun) => Promise<CampaignRun | undefined>> = {
    async pause({ runId }) {
      const paused = await move(runId, ['choosing', 'sending'], (now) => ({
        ...now,
        state: 'paused',
        pausedFrom: now.state,
      }));
      if (paused !== undefined) await sendingRuns.hold(runId);
      return paused;
    },

    async resume({ runId }) {
      const resumed = await move(runId, ['paused'], ({ pausedFrom = 'choosing', ...now }) => ({
        ...now,
        state: pausedFrom,
      }));
      if (resumed?.state === 'sending') await sendingRuns.release(openRunOf(resumed, await deps.catalogue()));
      return resumed;
    },

    async cancel({ runId }) {
      const cancelled = await move(runId, ['choosing', 'sending', 'paused'], (now) => ({ ...now, state: 'cancelled' }));
      if (cancelled === undefined) return undefined;
      await sendingRuns.hold(runId);
      await runs.leaveChoice(runId);
      return cancelled;
    },

    async redrive(run) {
      const { runId } = run;
      if (run.state === 'finishedWithFailures') {
        // Its execution has succeeded and can't be redriven: another one finds what is done and does the rest.
        const again = await move(
          runId,
          ['finishedWithFailures'],
          ({ accounts: _, finishedAtMs: __, chosenAtMs: ___, ...now }) => ({
            ...now,
            state: 'choosing',
            redrives: now.redrives + 1,
          }),
        );
        if (again !== undefined) await workflow.start(executionName(again), runId);
        return again;
      }
      if ((await workflow.state(executionName(run))) !== 'failed') return undefined;
      await workflow.redrive(executionName(run));
      return run;
    },
  };

  return (run: CampaignRun, command: RunCommand): Promise<CampaignRun | undefined> => commands[command](run);
}
