import { type Appraisal, type CampaignOption, channelLimit } from '#domain/campaign/appraisal.ts';
import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import { fractionOfHash } from '#domain/decision/assignment.ts';
import { type Candidate, exclusionReasons } from '#domain/decision/candidate.ts';
import type { PlacementDecision } from '#domain/decision/decision.ts';
import { gather } from '#runtime/gather.ts';
import { type CampaignDeps, customersAtOnce, type RunChunk } from './campaign-deps.ts';
import { type RunDecider, runDecider } from './run-decider.ts';
import { runOf } from './run-of.ts';

/** Finds out what a run could do about each customer of a chunk, and what that would be worth. Nothing is reserved. */
export function appraiseBatch(deps: CampaignDeps) {
  return async ({ runId, chunk }: RunChunk): Promise<void> => {
    if ((await deps.files.appraisals(runId, chunk)) !== undefined) return;
    const [run, customerIds] = await Promise.all([runOf(deps.runs, runId), deps.files.batch(runId, chunk)]);
    const decider = await runDecider(deps, run, customerIds);
    const appraisals = await gather(customerIds, customersAtOnce, (id) => appraise(deps, run, decider, id));
    await deps.files.putAppraisals(runId, chunk, appraisals);
  };
}

async function appraise(
  { reads, hash, usualZone }: CampaignDeps,
  { campaign, campaignId, sendsAt }: CampaignRun,
  decider: RunDecider,
  customer: string,
): Promise<Appraisal> {
  const { customer: stored } = await reads.load(customer, 'eventual');
  const facts = decider.facts(customer, { ...stored, ledger: decider.firm(customer, stored.ledger) });
  const none = (excluded: string): Appraisal => ({ customer, options: [], excluded });
  const standing = decider.standing(customer, facts);
  if (standing !== undefined) return none(standing);
  const { placements } = decider.decide(facts, campaign.placements);
  const options = placements.flatMap((placement) => optionsOf(placement));
  if (options.length === 0) {
    const isHeldOut = placements.some(({ heldOut }) => heldOut);
    return isHeldOut ? { customer, options: [], heldOut: true } : none(reasonOf(placements));
  }
  const place = fractionOfHash(hash(`${campaign.salt ?? campaignId}:${customer}`));
  if (place < campaign.holdoutShare) return { customer, options: [], heldOut: true };
  const zone = campaign.schedule?.clock === 'customer' ? facts.contacts.zone : usualZone;
  return { customer, options: bestOfEach(options), ...(sendsAt === undefined ? {} : { zone }) };
}

/** What a placement could show: all that nothing stands against, for alternatives are weighed against each other later. */
function optionsOf({ placementId, channel, heldOut, candidates }: PlacementDecision): CampaignOption[] {
  return candidates.flatMap((candidate) => {
    const { treatmentId, weighing, outcome, excluded, kind } = candidate;
    if (excluded !== undefined || weighing === undefined || outcome === undefined) return [];
    const isDemanded = kind === 'mandatory';
    if ((heldOut && kind === 'standard') || (outcome.score < 0 && !isDemanded)) return [];
    const uses = Object.fromEntries(weighing.uses.map(({ budgetId, amount }) => [budgetId, amount]));
    // What allocation gives has to be worth something, and what the law demands is done whatever it costs.
    const value = Math.max(outcome.score, isDemanded ? 1 : leastValue);
    return [{ id: treatmentId, value, uses: { ...uses, [channelLimit(channel)]: 1 }, placementId, channel }];
  });
}

const leastValue = 1e-6;

/** Of a treatment that several placements could show, the one that is worth most. */
function bestOfEach(options: readonly CampaignOption[]): CampaignOption[] {
  const best = new Map<string, CampaignOption>();
  for (const option of options) if (option.value > (best.get(option.id)?.value ?? 0)) best.set(option.id, option);
  return [...best.values()];
}

/** Why a customer gets nothing: of all that stands against what there is, what was asked last. */
function reasonOf(placements: readonly PlacementDecision[]): string {
  const reasons = placements.flatMap(({ candidates }) => candidates.flatMap((each) => reasonAgainst(each) ?? []));
  return exclusionReasons.findLast((reason) => reasons.includes(reason)) ?? 'no_treatment';
}

/** What stands against a treatment, if something does. */
export function reasonAgainst({ excluded, withheld }: Candidate) {
  return (excluded ?? withheld)?.reason;
}
