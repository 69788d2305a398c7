import * as z from 'zod';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import { compilePattern, type Matches } from '#local-cloud/services/eventbridge/pattern.ts';
import { checkMapping } from './check-mapping.ts';
import type { LocalFunction } from './function-workers.ts';
import { invokeOutput } from './invoke-output.ts';

const mappingProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.coerce.number().optional(),
  MaximumBatchingWindowInSeconds: z.coerce.number().default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.coerce.number() }).optional(),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).default({ Filters: [] }),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  BisectBatchOnFunctionError: z.coerce.boolean().default(false),
  // -1 retries until the record leaves the stream, as on AWS.
  MaximumRetryAttempts: z.coerce.number().default(-1),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }) }).optional(),
});

/** Properties of AWS::Lambda::EventSourceMapping that are honoured. */
export const mappingPropertyPaths: readonly string[] = [
  'BatchSize',
  'BisectBatchOnFunctionError',
  'DestinationConfig.OnFailure.Destination',
  'EventSourceArn',
  'FilterCriteria.Filters.Pattern',
  'FunctionName',
  'FunctionResponseTypes',
  'MaximumBatchingWindowInSeconds',
  'MaximumRetryAttempts',
  'ScalingConfig.MaximumConcurrency',
  'StartingPosition',
];

/** One event source mapping, read from its resolved template properties. */
export interface MappingSettings {
  readonly id: string;
  readonly arn: string;
  readonly sourceArn: string;
  readonly functionName: string;
  readonly batchSize: number | undefined;
  readonly windowMs: number;
  readonly reportsItemFailures: boolean;
  readonly maximumConcurrency: number | undefined;
  readonly accepts: Matches;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly bisects: boolean;
  readonly maximumRetries: number;
  readonly onFailureArn: string | undefined;
}

/** Reads a mapping from its template properties; refuses one that Lambda would refuse. */
export function readMapping(
  properties: unknown,
  id: string,
  place: { region: string; account: string },
): MappingSettings {
  const parsed = mappingProperties.parse(properties);
  checkMapping({
    id,
    batchSize: parsed.BatchSize,
    windowSeconds: parsed.MaximumBatchingWindowInSeconds,
    maximumConcurrency: parsed.ScalingConfig?.MaximumConcurrency,
  });
  const filters = parsed.FilterCriteria.Filters.map(({ Pattern }) => compilePattern(JSON.parse(Pattern)));
  return {
    id,
    arn: `arn:aws:lambda:${place.region}:${place.account}:event-source-mapping:${id}`,
    sourceArn: parsed.EventSourceArn,
    functionName: parsed.FunctionName.split(':').at(-1) ?? parsed.FunctionName,
    batchSize: parsed.BatchSize,
    windowMs: parsed.MaximumBatchingWindowInSeconds * 1000,
    reportsItemFailures: parsed.FunctionResponseTypes.length > 0,
    maximumConcurrency: parsed.ScalingConfig?.MaximumConcurrency,
    accepts: filters.length === 0 ? () => true : (event) => filters.some((matches) => matches(event)),
    startingPosition: parsed.StartingPosition,
    bisects: parsed.BisectBatchOnFunctionError,
    maximumRetries: parsed.MaximumRetryAttempts,
    onFailureArn: parsed.DestinationConfig?.OnFailure.Destination,
  };
}

const itemFailures = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() });

/** How a batch ended: `failed` whole, or with these items to be tried again. */
export type BatchOutcome = { readonly failed: true } | { readonly failed: false; readonly items: ReadonlySet<string> };

/** Invokes the function with a batch, and reads which of the known items it reports as failed. */
export async function invokeWithBatch(
  context: LocalContext,
  mapping: MappingSettings,
  fn: LocalFunction,
  records: readonly object[],
  knownItems: ReadonlySet<string>,
): Promise<BatchOutcome> {
  const principal = context.servicePrincipal('lambda.amazonaws.com', mapping.arn);
  const input = { FunctionName: fn.arn, Payload: JSON.stringify({ Records: records }) };
  const output = invokeOutput.parse(await context.call(principal, 'lambda', 'Invoke', input));
  if (output.FunctionError) return { failed: true };
  if (!mapping.reportsItemFailures) return { failed: false, items: new Set() };
  const report = itemFailures.safeParse(JSON.parse(Buffer.from(output.Payload).toString('utf8')) ?? {});
  if (!report.success) return { failed: true };
  const items = new Set((report.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  // A report that names what was not in the batch fails the batch, as on AWS.
  return [...items].every((item) => knownItems.has(item)) ? { failed: false, items } : { failed: true };
}
