import { decimalsOf } from '#domain/interaction/money.ts';
import type { Candidate, Exclusion } from './candidate.ts';
import type { Decision, PlacementDecision } from './decision.ts';
import { shownBy } from './decision-effects.ts';

/** Offers that are told of by name before the rest is only counted. */
const mostNamed = 5;

/** Why a decision is as it is, in sentences that a call-centre agent can read out: no ids, no terms of ours. */
export function explain(decision: Decision): string[] {
  const { placements, degraded } = decision;
  const shown = shownBy(decision);
  return [
    ...(shown.length === 0 ? ['There is nothing to suggest to this customer right now.'] : []),
    ...shown.map(({ candidate, placement }, index) => suggestion(candidate, index, placement)),
    ...(placements.some(({ heldOut }) => heldOut)
      ? ['This customer is in a group that gets no offers, so that we can measure what our offers are worth.']
      : []),
    ...leftOut(
      placements.flatMap(({ candidates }) => candidates),
      new Set(shown.map(({ candidate }) => candidate.offerId)),
    ),
    ...(degraded.length === 0
      ? []
      : ['Some of our figures could not be read in time, so this is what we suggest to most customers.']),
  ];
}

function suggestion({ name, kind, weighing }: Candidate, index: number, { order }: PlacementDecision): string {
  const verb = index === 0 ? 'We suggest' : 'We also suggest';
  if (kind === 'mandatory') return `${verb} ${name}, because we are obliged to tell every customer whom it is about.`;
  if (order === 'lot') return `${verb} ${name}. It was picked by lot, to learn how good our usual choice is.`;
  if (weighing === undefined) return `${verb} ${name}.`;
  const { propensity, valueMinor, currency } = weighing;
  const worth = valueMinor > 0 ? `, and a yes is worth about ${moneyText(valueMinor, currency)}` : '';
  return `${verb} ${name}. We expect a yes from ${oftenText(propensity)} customers like this one${worth}.`;
}

/** Offers that are not shown, each once with its first reason; those that came closest first. */
function leftOut(candidates: readonly Candidate[], shown: ReadonlySet<string>): string[] {
  const reasons = new Map<string, { name: string; why: string }>();
  for (const { offerId, name, excluded, withheld } of candidates.toSorted(byScore)) {
    const exclusion = withheld ?? excluded;
    if (exclusion === undefined || exclusion.reason === 'held_out') continue;
    if (shown.has(offerId) || reasons.has(offerId)) continue;
    reasons.set(offerId, { name, why: whyNot(exclusion) });
  }
  const all = [...reasons.values()];
  const named = all.slice(0, mostNamed).map(({ name, why }) => `${name} was left out: ${why}`);
  const more = all.length - named.length;
  if (more === 0) return named;
  return [...named, more === 1 ? 'One other offer was left out too.' : `${more} other offers were left out too.`];
}

function byScore(a: Candidate, b: Candidate): number {
  const score = ({ outcome }: Candidate) => outcome?.score ?? Number.NEGATIVE_INFINITY;
  const [first, second] = [score(a), score(b)];
  return first === second ? 0 : second - first;
}

function whyNot({ reason, detail }: Exclusion): string {
  switch (reason) {
    case 'paused':
      return 'it is paused at the moment.';
    case 'not_started':
      return detail === undefined ? 'it has not started yet.' : lowerFirst(detail);
    case 'ended':
      return 'it has ended.';
    case 'not_eligible':
      return 'this customer does not meet its conditions.';
    case 'not_applicable':
      return 'it does not fit what this customer has now.';
    case 'not_suitable':
      return 'it would not be right for this customer at the moment.';
    case 'no_consent':
    case 'consent_refused':
    case 'address_bounced':
      return detail === undefined ? 'the customer has not agreed to be contacted about it.' : lowerFirst(detail);
    case 'contact_cap':
    case 'resting':
    case 'quiet_hours':
      return detail === undefined ? 'the customer was contacted often enough.' : lowerFirst(detail);
    case 'budget_exhausted':
      return 'what we set aside for it is used up for now.';
    case 'budget_unknown':
      return 'we could not see in time whether there is still something set aside for it.';
    case 'value_unknown':
      return 'we cannot tell what it would be worth for this customer.';
    case 'held_out':
      return 'this customer is in a group that gets no offers.';
    case 'below_zero':
      return 'it would cost more than it is likely to bring.';
    case 'offer_shown':
      return 'it is suggested already.';
    case 'outranked':
      return 'something else is the better choice for this customer now.';
  }
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** "3 of 10", "4 of 100", "fewer than 1 of 100". */
function oftenText(probability: number): string {
  const of10 = Math.round(probability * 10);
  if (probability >= 0.095) return `about ${Math.min(9, of10)} of 10`;
  const of100 = Math.round(probability * 100);
  return of100 === 0 ? 'fewer than 1 of 100' : `about ${of100} of 100`;
}

/** "12.50 EUR" from minor units; whole units from a hundred on. */
function moneyText(amountMinor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const amount = amountMinor / 10 ** decimals;
  return `${amount >= 100 ? Math.round(amount) : amount.toFixed(decimals)} ${currency}`;
}
