import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import type { MappingSettings } from './event-source-mapping.ts';
import type { LocalFunction } from './function-workers.ts';

/** A batch that no retry brought through. */
interface FailedBatch {
  readonly shardId: string;
  readonly records: readonly {
    readonly dynamodb: { readonly SequenceNumber: string; readonly ApproximateCreationDateTime: number };
  }[];
  readonly invokeCount: number;
}

/** Tells the mapping's queue for failures, if it has one, where in the stream a batch is that was given up. */
export async function setAside(
  context: LocalContext,
  mapping: MappingSettings,
  fn: LocalFunction,
  { shardId, records, invokeCount }: FailedBatch,
): Promise<void> {
  if (!mapping.onFailureArn) return;
  const [first, last] = [records[0]?.dynamodb, records.at(-1)?.dynamodb];
  const iso = (seconds = 0) => new Date(seconds * 1000).toISOString();
  const MessageBody = JSON.stringify({
    requestContext: {
      requestId: crypto.randomUUID(),
      functionArn: fn.arn,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: invokeCount,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date(context.clock.now()).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.SequenceNumber,
      endSequenceNumber: last?.SequenceNumber,
      approximateArrivalOfFirstRecord: iso(first?.ApproximateCreationDateTime),
      approximateArrivalOfLastRecord: iso(last?.ApproximateCreationDateTime),
      batchSize: records.length,
      streamArn: mapping.sourceArn,
    },
  });
  await context.call(context.roleOf(fn.roleArn), 'sqs', 'SendMessage', {
    QueueUrl: mapping.onFailureArn.split(':').at(-1),
    MessageBody,
  });
}
