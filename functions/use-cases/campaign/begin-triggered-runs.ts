import type { Campaign } from '#domain/campaign/campaign.ts';
import { triggeredRunName } from '#domain/campaign/run-name.ts';
import type { Catalogue } from '#domain/catalogue/catalogue.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import { hash64 } from '#domain/text/stable-hash.ts';
import type { BatchWork } from '#ports/batch-work.ts';
import { type StartRunDeps, startRun } from './start-run.ts';

/** That a customer has entered a segment, by the id of the event. */
interface Entry {
  readonly eventId: string;
  readonly segmentId: string;
  readonly customerId: string;
}

export interface BeginTriggeredRunsDeps extends StartRunDeps {
  readonly catalogue: () => Promise<Pick<Catalogue, 'campaigns' | 'revision'>>;
}

/** Begins a run of each campaign that entries into a segment trigger, for all who entered it of a batch: the same batch, the same run. */
export function beginTriggeredRuns(deps: BeginTriggeredRunsDeps): BatchWork<'SegmentEntered', Entry> {
  const start = startRun(deps);
  return {
    types: ['SegmentEntered'],
    partsOf: ({ detail: { id, segmentId, customerId } }) => [{ eventId: id, segmentId, customerId }],
    undone: 'Customers who entered a segment were not gone to',
    async perform(entries, attempt) {
      const { campaigns, revision } = await deps.catalogue();
      for (const campaign of campaigns.values()) {
        const own = entries.filter(({ segmentId }) => isTriggeredBy(campaign, segmentId));
        if (own.length === 0) continue;
        const runId = triggeredRunName(
          campaign.campaignId,
          hash64(
            own
              .map(({ eventId }) => eventId)
              .sort(byCodeUnit)
              .join(' '),
          ),
        );
        const customers = [...new Set(own.map(({ customerId }) => customerId))].sort(byCodeUnit);
        await attempt(own, () =>
          start({ campaign, revision, dryRun: false, startedBy: 'trigger', customers, nameOf: () => runId }),
        );
      }
    },
  };
}

function isTriggeredBy({ state, trigger }: Campaign, segmentId: string): boolean {
  return state === 'live' && trigger?.segmentId === segmentId;
}
