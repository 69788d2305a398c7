import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { parse } from './parse.ts';

/** Structured log of a function: no personal data, ever. */
export const logger = new Logger();
/** Business metrics, written as embedded metric format into the log. */
export const metrics = new Metrics({ namespace: 'Lemniscate' });

/**
 * Wires a handler to Lambda: the event is parsed by its schema, context goes into every log line, metrics are flushed.
 * `makeHandler` runs once per cold start and builds what the handler depends on.
 */
export function withRuntime<Schema extends z.ZodType, Answer>(
  name: string,
  schema: Schema,
  makeHandler: () => (event: z.output<Schema>) => Promise<Answer>,
) {
  const handle = makeHandler();
  return (
    middy()
      .use(injectLambdaContext(logger))
      // Only where there are any: the metrics middleware warns, at the price of a log line, of each invocation without.
      .after(() => {
        if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
      })
      .handler(async (event: unknown, _context: Context) => handle(parse(schema, event, `The event of ${name}`)))
  );
}
