import type { BillingRule } from './usage.ts';

/** A request a call, whatever it asks. */
export const perCall: BillingRule = () => [{ unit: 'requests', amount: 1 }];
