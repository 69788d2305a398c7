import type { CloudContext, Service } from '#local-cloud/cloud/service.ts';
import { messageOperations } from './operations.ts';
import { queryWire } from './query-wire.ts';

/** The Security Token Service. It is free; the count says how often. */
export function createStsService(context: CloudContext): Service {
  return {
    name: 'sts',
    wire: queryWire(context, 'sts'),
    bills: () => [{ unit: 'free-requests', amount: 1 }],
    operations: messageOperations,
    resources: {},
  };
}
