import type { BillingRule } from '#local-cloud/metering/usage.ts';

/** Lambda reads a table's stream for free; the count says how often. Source: DynamoDB pricing page, "Streams". */
export const streamsBilling: BillingRule = ({ operation }) =>
  operation === 'GetRecords' ? [{ unit: 'stream-reads', amount: 1 }] : [];
