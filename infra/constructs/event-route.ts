import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { LoopBus } from './loop-bus.ts';
import type { LoopFunction } from './loop-function.ts';
import { LoopQueue } from './loop-queue.ts';

export interface EventRouteProps {
  /** The account's default bus without one: services of AWS tell theirs only there. */
  readonly eventBus?: LoopBus;
  readonly eventPattern: EventPattern;
  readonly to: LoopFunction;
  readonly batchSize: number;
  readonly batchingWindow: Duration;
  readonly maxConcurrency: number;
}

/** Brings events of a pattern to a function: rule, queue, event source mapping, and one dead-letter queue for all that fails on the way. */
export class EventRoute extends Construct {
  readonly queue: LoopQueue;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { eventBus, eventPattern, ...props }: EventRouteProps) {
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
      ...(eventBus && { eventBus }),
      eventPattern,
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters, maxEventAge: Duration.hours(24) })],
    });
    props.to.consumes(this.queue, props);
  }
}
