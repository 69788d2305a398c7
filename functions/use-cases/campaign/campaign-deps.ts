import type { DecisionPlan } from '#domain/decision/decision-plan.ts';
import type { CampaignEntries } from '#ports/campaign-entries.ts';
import type { CampaignRuns } from '#ports/campaign-runs.ts';
import type { Contacts } from '#ports/contacts.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import type { RunFiles } from '#ports/run-files.ts';
import type { DecisionMakerDeps } from '#use-cases/decide/decision-maker.ts';

/** What runs of campaigns choose and contact customers with. */
export interface CampaignDeps extends DecisionMakerDeps {
  readonly runs: CampaignRuns;
  readonly contacts: Contacts;
  readonly entries: CampaignEntries;
  readonly files: RunFiles;
  readonly identityKey: () => Promise<Pick<IdentityKey, 'hash'>>;
  readonly plan: () => Promise<DecisionPlan>;
}

/** One chunk of a run. */
export interface RunChunk {
  readonly runId: string;
  readonly chunk: number;
}

/** Customers of a chunk that are asked about at a time. */
export const customersAtOnce = 16;
