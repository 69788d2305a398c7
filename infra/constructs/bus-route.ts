import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { type BusDetailType, busSource } from '#contracts/bus/bus-event.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { LoopBus } from './loop-bus.ts';
import type { LoopFunction } from './loop-function.ts';
import { LoopQueue } from './loop-queue.ts';

export interface BusRouteProps {
  readonly bus: LoopBus;
  readonly detailTypes: readonly [BusDetailType, ...BusDetailType[]];
  /** What of the detail must match, in EventBridge's pattern language. */
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly to: LoopFunction;
  readonly batchSize: number;
  readonly batchingWindow: Duration;
  readonly maxConcurrency: number;
}

/** Brings events of some types to a function: rule, queue, event source mapping, and one dead-letter queue for all that fails on the way. */
export class BusRoute extends Construct {
  readonly queue: LoopQueue;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: BusRouteProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'dead-letters', {
      name: `${id}-dead-letters`,
      back: () => ({ kind: 'queue', queue: this.queue }),
    });
    this.queue = new LoopQueue(this, 'queue', {
      deadLetters: this.deadLetters,
      consumerTimeoutSeconds: props.to.timeoutSeconds,
      batchingWindow: props.batchingWindow,
    });
    new Rule(this, 'rule', {
      eventBus: props.bus,
      eventPattern: {
        source: [busSource],
        detailType: [...props.detailTypes],
        ...(props.detail && { detail: props.detail }),
      },
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters, maxEventAge: Duration.hours(24) })],
    });
    props.to.consumes(this.queue, props);
  }
}
