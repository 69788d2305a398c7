import { Duration, type Stack, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type DeadLetterRoute, deadLetterRoutesOutput } from '#contracts/stage/dead-letter-route.ts';
import type { LakeDelivery } from './lake-delivery.ts';
import type { LoopFunction } from './loop-function.ts';
import type { LoopTable } from './loop-table.ts';

/** Where dead letters belong. */
export type WayBack =
  | { readonly kind: 'queue'; readonly queue: Queue }
  | { readonly kind: 'delivery-streams'; readonly deliveries: readonly LakeDelivery[] }
  | { readonly kind: 'table-stream'; readonly table: LoopTable; readonly reader: LoopFunction };

export interface DeadLetterQueueProps {
  /** In kebab case; the stack's output of the queue's URL comes of it. */
  readonly name: string;
  /** Asked when all is made: most queues come after their dead letters. */
  readonly back: () => WayBack;
}

/** Where messages rest that could not be delivered: 14 days, the longest that SQS keeps one. None without a way back. */
export class DeadLetterQueue extends Queue {
  readonly outputName: string;
  private readonly back: () => WayBack;

  constructor(scope: Construct, id: string, { name, back }: DeadLetterQueueProps) {
    super(scope, id, { retentionPeriod: Duration.days(14), encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true });
    this.outputName = `${name.replaceAll(/(?:^|[-_])(\w)/g, (_, letter: string) => letter.toUpperCase())}Url`;
    this.back = back;
    Validations.of(this).acknowledge(
      { id: 'AwsSolutions-SQS3', reason: 'It is itself a dead-letter queue.' },
      { id: 'Serverless-SQSRedrivePolicy', reason: 'It is itself a dead-letter queue.' },
    );
  }

  /** All that a stack has so far, in the order in which they were made. */
  static allIn(stack: Stack): readonly DeadLetterQueue[] {
    return stack.node.findAll().filter((each) => each instanceof DeadLetterQueue);
  }

  /** What a stack tells of its dead letters: all their routes as JSON, under a name that begins with its part of the stage, and each queue's URL. */
  static outputsOf(stack: Stack, part = ''): Readonly<Record<string, string>> {
    const all = DeadLetterQueue.allIn(stack);
    return {
      [part + deadLetterRoutesOutput]: stack.toJsonString(all.map((each) => each.route())),
      ...Object.fromEntries(all.map(({ outputName, queueUrl }) => [outputName, queueUrl])),
    };
  }

  get wayBack(): WayBack {
    return this.back();
  }

  private route(): DeadLetterRoute {
    const back = this.wayBack;
    const route = { name: this.outputName, deadLettersUrl: this.queueUrl };
    switch (back.kind) {
      case 'queue':
        return { ...route, kind: 'queue', queueUrl: back.queue.queueUrl };
      case 'delivery-streams': {
        const streamOf = Object.fromEntries(
          back.deliveries.map(({ tableName, streamName }) => [tableName, streamName]),
        );
        return { ...route, kind: 'delivery-streams', streamOf };
      }
      case 'table-stream':
        return { ...route, kind: 'table-stream', reader: back.reader.node.id };
    }
  }
}
