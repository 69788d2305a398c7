import { createHash } from 'node:crypto';
import { MemoryCampaignEntries } from '#adapters/in-memory/memory-campaign-entries.ts';
import { MemoryCampaignRuns } from '#adapters/in-memory/memory-campaign-runs.ts';
import { MemoryContacts } from '#adapters/in-memory/memory-contacts.ts';
import { MemoryRunFiles } from '#adapters/in-memory/memory-run-files.ts';
import { MemorySendingRuns } from '#adapters/in-memory/memory-sending-runs.ts';
import { Campaign } from '#domain/campaign/campaign.ts';
import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import type { CatalogueItem } from '#domain/catalogue/catalogue.ts';
import { askModels, noModels } from '#domain/decision/model-propensities.ts';
import type { Budgets } from '#ports/budgets.ts';
import { campaign } from '#support/builders/catalogue-items.ts';
import { noBudgets, planOf } from '#support/builders/decision-maker.ts';
import { FakeDecisions } from '#support/fakes/fake-decisions.ts';
import { allocateRun } from '#use-cases/campaign/allocate-run.ts';
import { appraiseBatch } from '#use-cases/campaign/appraise-batch.ts';
import { contactBatch } from '#use-cases/campaign/contact-batch.ts';
import { cutAudience } from '#use-cases/campaign/cut-audience.ts';
import { prepareRun } from '#use-cases/campaign/prepare-run.ts';
import { pricedAllocation } from '#use-cases/campaign/priced-allocation.ts';
import { releaseRun } from '#use-cases/campaign/release-run.ts';
import { summariseRun } from '#use-cases/campaign/summarise-run.ts';

const noon = Date.UTC(2026, 2, 10, 12);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Runs of campaigns in memory: each step as the workflow asks for it. */
export function campaignWorld(items: readonly CatalogueItem[], { budgets = noBudgets }: { budgets?: Budgets } = {}) {
  const decisions = new FakeDecisions();
  const plan = planOf(items);
  let nowMs = noon;
  const deps = {
    reads: decisions,
    ledgers: decisions,
    decisions,
    budgets,
    models: async () => askModels(noModels),
    hash: sha256,
    usualZone: 'UTC',
    now: () => nowMs,
    pause: async () => {},
    runs: new MemoryCampaignRuns(),
    contacts: new MemoryContacts(),
    sendingRuns: new MemorySendingRuns(),
    entries: new MemoryCampaignEntries(),
    files: new MemoryRunFiles(),
    identityKey: async () => ({ hash: (type: string, value: string) => sha256(`${type} ${value}`).slice(0, 32) }),
    plan: async () => plan,
    catalogue: async () => plan.catalogue,
    allocate: pricedAllocation,
  };

  async function start(over: Readonly<Record<string, unknown>> = {}, run: Partial<CampaignRun> = {}): Promise<string> {
    const frozen = Campaign.parse(campaign({ audience: 'true', state: 'live', approvedBy: 'Ada', ...over }));
    const { campaignId } = frozen;
    const ordinal = await deps.runs.nextOrdinal(campaignId);
    const runId = `${campaignId}-${ordinal}${run.dryRun ? '-dry' : ''}`;
    await deps.runs.create({
      runId,
      campaignId,
      ordinal,
      dryRun: false,
      state: 'choosing',
      campaign: frozen,
      revision: 1,
      startedAtMs: nowMs,
      startedBy: 'c-1',
      budgetPrices: {},
      prices: {},
      redrives: 0,
      version: 1,
      ...run,
    });
    return runId;
  }

  const chunksOf = async (runId: string) => {
    const run = await deps.runs.find(runId);
    return Array.from({ length: run?.chunks ?? 0 }, (_, chunk) => chunk);
  };

  return {
    deps,
    decisions,
    start,
    pass: (ms: number) => {
      nowMs += ms;
    },

    /** Until what is scarce is shared out. */
    async choose(runId: string, customers: readonly string[]): Promise<void> {
      deps.files.audiences.set(runId, customers);
      await prepareRun(deps)({ runId });
      await cutAudience(deps)({ runId, manifest: runId });
      for (const chunk of await chunksOf(runId)) await appraiseBatch(deps)({ runId, chunk });
      await allocateRun(deps)({ runId });
    },

    async contact(runId: string): Promise<void> {
      for (const chunk of await chunksOf(runId)) await contactBatch(deps)({ runId, chunk });
    },

    release: (runId: string) => releaseRun(deps)({ runId }),
    summarise: (runId: string) => summariseRun(deps)({ runId }),

    /** What became of each customer: the treatment that waits for them, or why none does. */
    async outcomes(runId: string): Promise<Record<string, string>> {
      const found: Record<string, string> = {};
      for (const chunk of await chunksOf(runId)) {
        for (const { customerId, state, reason, choice } of await deps.contacts.ofChunk(runId, chunk)) {
          found[customerId] = choice !== undefined && reason === undefined ? choice.treatmentId : (reason ?? state);
        }
      }
      return found;
    },
  };
}
export type CampaignWorld = ReturnType<typeof campaignWorld>;

/** Names of customers. */
export const people = (count: number) => Array.from({ length: count }, (_, index) => `c${1000 + index}`);
