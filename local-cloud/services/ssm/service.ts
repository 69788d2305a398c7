import type { CloudContext, Service } from '#local-cloud/cloud/service.ts';
import { parameterOperations } from './operations.ts';

/** Parameter Store: texts by name, which people put there. Standard parameters are free. */
export function createSsmService(context: CloudContext): Service {
  return {
    name: 'ssm',
    wire: { protocol: 'json', target: 'AmazonSSM' },
    operations: parameterOperations(context),
    resources: {},
  };
}
