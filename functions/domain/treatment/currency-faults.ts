import type { Budget } from '#domain/budget/budget.ts';
import type { Offer } from '#domain/offer/offer.ts';
import { faultAt, type ItemFault } from '#domain/vocabulary/item-fault.ts';
import type { Treatment } from './treatment.ts';

/** What currencies are compared among. */
export interface Currencies {
  readonly treatments: ReadonlyMap<string, Treatment>;
  readonly offers: ReadonlyMap<string, Offer>;
  readonly budgets: ReadonlyMap<string, Budget>;
}

/**
 * Money of two currencies is never compared or added: all offers at a placement have one, for their scores compete, and so have
 * all offers that use a budget, for its shadow price is made from what they are worth. Faults of the treatments that are `meant`.
 */
export function currencyFaults(
  meant: (treatment: Treatment) => boolean,
  path: readonly string[],
  { offers, treatments, budgets }: Currencies,
): readonly ItemFault[] {
  const all = [...treatments.values()];
  const messages = all.filter(meant).flatMap((treatment) => {
    const own = offers.get(treatment.offerId)?.value.currency;
    if (own === undefined) return [];
    const strange = all.flatMap((other) => {
      const theirs = offers.get(other.offerId)?.value.currency;
      return theirs === undefined || theirs === own ? [] : [{ ...other, theirs }];
    });
    const beside = treatment.placements.flatMap((placementId) =>
      strange
        .filter(({ placements }) => placements.includes(placementId))
        .map(({ offerId, theirs }) => `At "${placementId}" the offer "${offerId}" is worth ${theirs}, this one ${own}`),
    );
    const paid = treatment.uses.flatMap(({ budgetId }) => {
      const currency = budgets.get(budgetId)?.currency;
      if (currency !== undefined && currency !== own) return [`The budget "${budgetId}" is in ${currency}, not ${own}`];
      return strange
        .filter(({ uses }) => uses.some((use) => use.budgetId === budgetId))
        .map(
          ({ offerId, theirs }) =>
            `The offer "${offerId}", which uses "${budgetId}" too, is worth ${theirs}, this one ${own}`,
        );
    });
    return [...beside, ...paid];
  });
  return [...new Set(messages)].map((message) => faultAt(path, message));
}
