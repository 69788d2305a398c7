import type { BillingRule } from '#local-cloud/metering/usage.ts';

/** S3: PUT, COPY, POST and LIST are one class, GET and what is left another, deletes are free. Source: S3 pricing page. */
export const s3Billing: BillingRule = ({ operation, failure }) => {
  if (failure !== undefined) return [];
  const isFree = operation === 'DeleteObject' || operation === 'DeleteObjects';
  const isPut = operation === 'PutObject' || operation.startsWith('List');
  return [{ unit: isFree ? 'free-requests' : isPut ? 'put-class-requests' : 'get-class-requests', amount: 1 }];
};
