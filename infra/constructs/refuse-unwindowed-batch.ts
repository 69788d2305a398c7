import type { Duration } from 'aws-cdk-lib';

/** How much an event source mapping hands a function at once: so many records, or what arrived within the window. */
export interface Batching {
  readonly batchSize: number;
  readonly batchingWindow: Duration;
}

// "When you set BatchSize to a value greater than 10, you must set MaximumBatchingWindowInSeconds to at least 1", of streams and queues:
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
const largestWithoutWindow = 10;

/** Throws when Lambda would refuse the pair, which neither CDK nor CloudFormation does before the stack is half made. */
export function refuseUnwindowedBatch(reader: string, { batchSize, batchingWindow }: Batching): void {
  if (batchSize <= largestWithoutWindow || batchingWindow.toSeconds() >= 1) return;
  throw new RangeError(
    `${reader} asks for batches of ${batchSize} with no batching window: above ${largestWithoutWindow} Lambda wants a window of at least 1 s`,
  );
}
