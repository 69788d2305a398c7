import type { Catalogue } from './catalogue.ts';
import { faultAt, type ItemFault } from './item-fault.ts';
import { type ItemKind, itemKinds } from './item-kinds.ts';
import type { ParsedItem } from './parsed-item.ts';
import { referencesOf } from './references.ts';

/**
 * What is wrong with an item among the others: it names one that is not there, or contradicts one. `catalogue` holds the
 * item too, as it would be saved.
 */
export function checkTogether(parsed: ParsedItem, catalogue: Catalogue): readonly ItemFault[] {
  const missing = referencesOf(parsed)
    .filter(({ kind, id }) => !idsIn(catalogue, kind).has(id))
    .map(({ path, kind, id }) => faultAt(path, `There is no ${itemKinds[kind].noun} "${id}"`));
  return [...missing, ...contradictions(parsed, catalogue)];
}

function contradictions(parsed: ParsedItem, catalogue: Catalogue): readonly ItemFault[] {
  switch (parsed.kind) {
    case 'treatments':
      return [...channelFaults(parsed.item, catalogue), ...currencyFaults([parsed.item], ['offerId'], catalogue)];
    case 'offers': {
      const treatments = [...catalogue.treatments.values()].filter(({ offerId }) => offerId === parsed.item.offerId);
      return currencyFaults(treatments, ['value', 'currency'], catalogue);
    }
    case 'placements': {
      const { placementId, channel } = parsed.item;
      const others = (catalogue.treatmentsOf.get(placementId) ?? []).filter((each) => each.channel !== channel);
      return others.map((each) => faultAt(['channel'], `The treatment "${each.treatmentId}" is for ${each.channel}`));
    }
    case 'strategies':
      return rivals(parsed.item, catalogue);
    case 'budgets': {
      const { budgetId } = parsed.item;
      const users = [...catalogue.treatments.values()].filter(({ uses }) =>
        uses.some((use) => use.budgetId === budgetId),
      );
      return currencyFaults(users, ['currency'], catalogue);
    }
    case 'segments':
    case 'kpis':
    case 'offer-groups':
    case 'contact-policies':
      return [];
  }
}

type Treatment = Extract<ParsedItem, { kind: 'treatments' }>['item'];
type Strategy = Extract<ParsedItem, { kind: 'strategies' }>['item'];

function channelFaults({ placements, channel }: Treatment, catalogue: Catalogue): readonly ItemFault[] {
  return placements.flatMap((id, index) => {
    const placement = catalogue.placements.get(id);
    if (placement === undefined || placement.channel === channel) return [];
    return [faultAt(['placements', index], `"${id}" is on the channel ${placement.channel}, not ${channel}`)];
  });
}

/**
 * Money of two currencies is never compared or added: all offers at a placement have one, for their scores compete, and so have
 * all offers that use a budget, for its shadow price is made from what they are worth.
 */
function currencyFaults(
  treatments: readonly Treatment[],
  path: readonly string[],
  { offers, treatments: all, treatmentsOf, budgets }: Catalogue,
): readonly ItemFault[] {
  const messages = treatments.flatMap((treatment) => {
    const own = offers.get(treatment.offerId)?.value.currency;
    if (own === undefined) return [];
    const beside = treatment.placements.flatMap((placementId) =>
      (treatmentsOf.get(placementId) ?? []).flatMap((other) => {
        const currency = offers.get(other.offerId)?.value.currency;
        if (currency === undefined || currency === own) return [];
        return [`At "${placementId}" the offer "${other.offerId}" is worth ${currency}, this one ${own}`];
      }),
    );
    const paid = treatment.uses.flatMap(({ budgetId }) => {
      const currency = budgets.get(budgetId)?.currency;
      if (currency !== undefined && currency !== own) return [`The budget "${budgetId}" is in ${currency}, not ${own}`];
      return [...all.values()].flatMap((other) => {
        const theirs = offers.get(other.offerId)?.value.currency;
        if (theirs === undefined || theirs === own || !other.uses.some((use) => use.budgetId === budgetId)) return [];
        return [`The offer "${other.offerId}", which uses "${budgetId}" too, is worth ${theirs}, this one ${own}`];
      });
    });
    return [...beside, ...paid];
  });
  return [...new Set(messages)].map((message) => faultAt(path, message));
}

/** A placement has one strategy. */
function rivals({ strategyId, placements }: Strategy, { strategies }: Catalogue): readonly ItemFault[] {
  const others = [...strategies.values()].filter((other) => other.strategyId !== strategyId);
  if (placements === 'all') {
    return others
      .filter((other) => other.placements === 'all')
      .map((other) => faultAt(['placements'], `The strategy "${other.strategyId}" is for all placements already`));
  }
  return placements.flatMap((id, index) =>
    others
      .filter((other) => other.placements !== 'all' && other.placements.includes(id))
      .map((other) => faultAt(['placements', index], `"${id}" has the strategy "${other.strategyId}" already`)),
  );
}

function idsIn(catalogue: Catalogue, kind: ItemKind): ReadonlyMap<string, unknown> {
  switch (kind) {
    case 'offer-groups':
      return catalogue.groups;
    case 'contact-policies':
      return catalogue.contactPolicies;
    default:
      return catalogue[kind];
  }
}
