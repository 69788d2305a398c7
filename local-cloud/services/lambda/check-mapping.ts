import { lambdaError } from './errors.ts';

/** What Lambda looks at when a mapping is made. */
export interface CheckedMapping {
  readonly id: string;
  readonly batchSize: number | undefined;
  readonly windowSeconds: number;
  readonly maximumConcurrency: number | undefined;
}

/**
 * Refuses what CreateEventSourceMapping refuses.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export function checkMapping({ id, batchSize, windowSeconds, maximumConcurrency }: CheckedMapping): void {
  const refuse = (message: string): never => {
    throw lambdaError('InvalidParameterValueException', `${id}: ${message}`);
  };
  if (batchSize !== undefined && (batchSize < 1 || batchSize > 10_000)) {
    refuse(`Batch size must be between 1 and 10000; got ${batchSize}`);
  }
  if (windowSeconds < 0 || windowSeconds > 300) {
    refuse(`Maximum batch window in seconds must be between 0 and 300; got ${windowSeconds}`);
  }
  if (batchSize !== undefined && batchSize > 10 && windowSeconds < 1) {
    refuse('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10');
  }
  if (maximumConcurrency !== undefined && (maximumConcurrency < 2 || maximumConcurrency > 1000)) {
    refuse(`Maximum concurrency must be between 2 and 1000; got ${maximumConcurrency}`);
  }
}
