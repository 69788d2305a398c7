import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';

export interface LoopQueueProps {
  readonly deadLetters: DeadLetterQueue;
  /** Of the function that reads it. */
  readonly consumerTimeoutSeconds: number;
  readonly batchingWindow: Duration;
}

/** A queue between a rule and a function. */
export class LoopQueue extends Queue {
  constructor(scope: Construct, id: string, props: LoopQueueProps) {
    super(scope, id, {
      // Six times the function's timeout and the window, as AWS advises:
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * props.consumerTimeoutSeconds + props.batchingWindow.toSeconds()),
      retentionPeriod: Duration.days(4),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // AWS advises at least 5, so that throttled polls don't use a message's attempts up.
      deadLetterQueue: { queue: props.deadLetters, maxReceiveCount: 5 },
    });
  }
}
