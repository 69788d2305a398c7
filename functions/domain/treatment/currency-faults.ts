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
  const currencyOf = ({ offerId }: Treatment) => offers.get(offerId)?.value.currency;
  const messages = all.filter(meant).flatMap((treatment) => {
    const own = currencyOf(treatment);
    if (own === undefined) return [];
    const strange = all.filter((other) => (currencyOf(other) ?? own) !== own);
    const beside = treatment.placements.flatMap((placementId) =>
      strange
        .filter(({ placements }) => placements.includes(placementId))
        .map(
          (other) => `At "${placementId}" the offer "${other.offerId}" is worth ${currencyOf(other)}, this one ${own}`,
        ),
    );
    const paid = treatment.uses.flatMap(({ budgetId }) => {
      const currency = budgets.get(budgetId)?.currency;
      if (currency !== undefined && currency !== own) return [`The budget "${budgetId}" is in ${currency}, not ${own}`];
      return strange
        .filter(({ uses }) => uses.some((use) => use.budgetId === budgetId))
        .map(
          (other) =>
            `The offer "${other.offerId}", which uses "${budgetId}" too, is worth ${currencyOf(other)}, this one ${own}`,
        );
    });
    return [...beside, ...paid];
  });
  return [...new Set(messages)].map((message) => faultAt(path, message));
}
