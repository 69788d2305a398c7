import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { once } from './once.ts';
import { parse } from './parse.ts';

/** Structured log of a function: no personal data, ever. */
export const logger = new Logger();
/** Business metrics, written as embedded metric format into the log. */
export const metrics = new Metrics({ namespace: 'Lemniscate' });

/**
 * Wires a handler to Lambda: the event is parsed by its schema, context goes into every log line, metrics are flushed.
 *
 * `makeHandler` reads the environment and builds what the handler depends on: once, and again after it failed. Whoever imports a
 * handler file elsewhere than on Lambda runs none of it before the first event. On Lambda it runs as the file is loaded, while a
 * function has more than its memory's share of a processor (docs/adr/0045). What fails there is tried again with the first event.
 */
export function withRuntime<Schema extends z.ZodType, Answer>(
  name: string,
  schema: Schema,
  makeHandler: () => (event: z.output<Schema>) => Promise<Answer>,
) {
  const built = once(async () => makeHandler());
  if (process.env.AWS_LAMBDA_FUNCTION_NAME !== undefined) built().catch(() => {});
  return (
    middy()
      .use(injectLambdaContext(logger))
      // Only where there are any: the metrics middleware warns, at the price of a log line, of each invocation without.
      .after(() => {
        if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
      })
      .handler(async (event: unknown, _context: Context) => {
        const input = parse(schema, event, `The event of ${name}`);
        const handle = await built();
        return handle(input);
      })
  );
}
