/** How customers of the played world take a treatment that they are shown. */
export interface TrueTaste {
  /** The share who say yes, over all plans. */
  readonly rate: number;
  /** What an order that follows on a yes is about, in euros; nothing is bought where it is missing. */
  readonly price?: number;
}

/** The truth about each treatment of the example catalogue, which models and views have to find: nobody tells them. */
export const trueTastes: Readonly<Record<string, TrueTaste>> = {
  'fault-call': { rate: 0.6 },
  'fault-card': { rate: 0.45 },
  'fibre-call': { rate: 0.22, price: 49.99 },
  'fibre-hero': { rate: 0.1, price: 49.99 },
  'fibre-mail': { rate: 0.05, price: 49.99 },
  'loyalty-call': { rate: 0.4 },
  'loyalty-mail': { rate: 0.25 },
  'mesh-hero': { rate: 0.08, price: 99.9 },
  'roaming-card': { rate: 0.12, price: 9.95 },
  'roaming-hero': { rate: 0.15, price: 9.95 },
  'tv-card': { rate: 0.2, price: 14.5 },
  'tv-hero': { rate: 0.18, price: 14.5 },
};

/** Who pays for more takes more: the plans are equally frequent, so that these leave the rates of all as they are. */
const byPlan: Readonly<Record<string, number>> = { basic: 0.7, plus: 1, max: 1.3 };

/** The probability that a customer with a plan says yes to a treatment. Throws a RangeError for one that this world does not know. */
export function trueRate(treatmentId: string, plan: string): number {
  const taste = trueTastes[treatmentId];
  const factor = byPlan[plan];
  if (taste === undefined || factor === undefined)
    throw new RangeError(`The played world knows no ${taste === undefined ? treatmentId : `plan ${plan}`}`);
  return taste.rate * factor;
}
