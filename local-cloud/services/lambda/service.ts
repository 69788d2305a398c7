import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import type { Service } from '#local-cloud/cloud/service.ts';
import { functionProvider } from './function-provider.ts';
import { createFunctionUrls } from './function-urls.ts';
import { createFunctions } from './functions.ts';
import { type EventSources, mappingProvider } from './mapping-provider.ts';
import { functionOperations } from './operations.ts';
import { permissionProvider } from './permission-provider.ts';
import type { Poller } from './poller.ts';
import { restWire } from './rest-wire.ts';

/**
 * AWS Lambda: functions run from their bundles in worker threads, fed by calls, URLs and event source mappings. Invocations are
 * metered where they run.
 */
export function createLambdaService(context: LocalContext, sources: EventSources): Service {
  const functions = createFunctions(context);
  const functionUrls = createFunctionUrls(context);
  const mappings: Poller[] = [];
  return {
    name: 'lambda',
    wire: restWire(context, functionUrls),
    operations: functionOperations(context, functions),
    resources: {
      'AWS::Lambda::Function': functionProvider(context, functions.deploy),
      'AWS::Lambda::Url': functionUrls.provider,
      'AWS::Lambda::Permission': permissionProvider(context.iam, functions),
      'AWS::Lambda::EventSourceMapping': mappingProvider(context, sources, functions, (made) => mappings.push(made)),
    },
    async start() {
      for (const mapping of mappings) mapping.start();
    },
    async flush() {
      const did = await Promise.all(mappings.map((mapping) => mapping.flush()));
      return did.includes(true);
    },
    async stop() {
      for (const mapping of mappings) mapping.stop();
      await functions.stop();
    },
  };
}
