import type { Appraisal } from '#domain/campaign/appraisal.ts';
import type { CampaignReason } from '#domain/campaign/campaign-reason.ts';
import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import type { Contact } from '#domain/campaign/contact.ts';
import { instantAt } from '#domain/campaign/occurrences.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { shownBy } from '#domain/decision/decision-effects.ts';

const hourMs = 3_600_000;

/** What a run does about a customer, by what was found out and decided. */
export function contactOf(
  run: CampaignRun,
  chunk: number,
  { customer, excluded, heldOut, options, zone }: Appraisal,
  decision: Decision | undefined,
  nowMs: number,
): Contact {
  const { runId, campaignId, state, campaign, sendsAt } = run;
  const base = { runId, chunk, customerId: customer, campaignId, attempts: 0, changedAtMs: nowMs };
  if (heldOut) return { ...base, state: 'heldOut' };
  if (excluded !== undefined) return { ...base, state: 'excluded', reason: excluded };
  if (decision === undefined) {
    const why: CampaignReason = state === 'cancelled' && options.length > 0 ? 'cancelled' : 'not_allocated';
    return { ...base, state: 'excluded', reason: why };
  }
  const [shown] = shownBy(decision);
  if (shown === undefined) {
    const [against] = decision.placements.flatMap(({ candidates }) => candidates);
    const exclusion = against?.excluded ?? against?.withheld;
    const reason = exclusion?.byCampaign ?? exclusion?.reason;
    return reason === 'held_out'
      ? { ...base, state: 'heldOut' }
      : { ...base, state: 'excluded', reason: reason ?? 'no_treatment' };
  }
  const { treatmentId, offerId, channel, outcome } = shown.candidate;
  const { decisionId } = decision;
  const { placementId } = shown.placement;
  // Where its clock has shown the time already, it is sent at once.
  const dueAtMs = sendsAt === undefined || zone === undefined ? nowMs : Math.max(nowMs, instantAt(sendsAt, zone));
  return {
    ...base,
    state: 'pending',
    choice: { decisionId, treatmentId, offerId, placementId, channel, score: outcome?.score ?? 0 },
    dueAtMs,
    validUntilMs: dueAtMs + campaign.expiresAfterHours * hourMs,
  };
}
