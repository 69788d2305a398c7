/** The largest amount of money that one item can state, in minor units. */
export const largestAmountMinor = 1e12;

/** What one treatment can be worth or bring, in minor units: a hundred million of major ones. More is a mistake, or meant to move means. */
export const largestValueMinor = 1e10;
