import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import { type Contact, type ContactLedger, withoutDecision } from '#domain/contact-policy/contact-ledger.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { shownBy } from '#domain/decision/decision-effects.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { CampaignDeps } from './campaign-deps.ts';
import type { RunDecider } from './run-decider.ts';

/** A place that a decision has among those of other campaigns: its ledger without whom it outbids. */
export interface Room {
  readonly decision: Decision;
  readonly ledger: ContactLedger;
  readonly outbid: readonly Contact[];
}

/**
 * Makes room for a decision where a cap is full of what other campaigns have reserved and not begun to send: whoever expects least goes
 * first, as long as it is less; of two that expect the same, who comes later by the campaign's id. So the best ones stay, whatever the
 * order in which they came. Undefined when they all expect more.
 */
export async function outbidden(
  { runs }: Pick<CampaignDeps, 'runs'>,
  run: CampaignRun,
  decider: RunDecider,
  ledger: ContactLedger,
  wanted: Decision,
  decideBy: (ledger: ContactLedger) => Decision,
): Promise<Room | undefined> {
  let decision = decideBy(ledger);
  if (shownBy(decision).length > 0) return { decision, ledger, outbid: [] };
  // A run that has begun to send meanwhile is outbid no more; it leaves the list some time before it sends.
  const choosing = await runs.choosing();
  const bids = ledger.contacts.flatMap((contact) => {
    const other = decider.isReserved(contact.decisionId, choosing);
    return other === undefined || contact.bid === undefined
      ? []
      : [{ contact, bid: contact.bid, campaignId: other.campaignId }];
  });
  const mine = { bid: shownBy(wanted)[0]?.candidate.outcome?.score ?? 0, campaignId: run.campaignId };
  const outbid: Contact[] = [];
  let left = ledger;
  for (const { contact } of bids.filter((bid) => byExpectation(bid, mine) < 0).sort(byExpectation)) {
    left = withoutDecision(left, contact.decisionId);
    outbid.push(contact);
    decision = decideBy(left);
    if (shownBy(decision).length > 0) return { decision, ledger: left, outbid };
  }
  const isOutbid = bids.some((bid) => byExpectation(bid, mine) > 0);
  return isOutbid ? undefined : { decision: decideBy(ledger), ledger, outbid: [] };
}

interface Bid {
  readonly bid: number;
  readonly campaignId: string;
}

/** The one that expects less first. */
function byExpectation(a: Bid, b: Bid): number {
  return a.bid - b.bid || byCodeUnit(b.campaignId, a.campaignId);
}
