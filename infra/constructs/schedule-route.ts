import { Duration } from 'aws-cdk-lib';
import { Rule, type Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { LoopFunction } from './loop-function.ts';
import { LoopQueue } from './loop-queue.ts';

export interface ScheduleRouteProps {
  /** EventBridge keeps it to the minute: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html */
  readonly schedule: Schedule;
  readonly to: LoopFunction;
}

/** Runs a function at times: rule, queue, event source mapping. The queue tries again what failed, and sets it aside for good. */
export class ScheduleRoute extends Construct {
  readonly queue: LoopQueue;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { schedule, to }: ScheduleRouteProps) {
    super(scope, id);
    const batchingWindow = Duration.seconds(0);
    this.deadLetters = new DeadLetterQueue(this, 'dead-letters', {
      name: `${id}-dead-letters`,
      back: () => ({ kind: 'queue', queue: this.queue }),
    });
    this.queue = new LoopQueue(this, 'queue', {
      deadLetters: this.deadLetters,
      consumerTimeoutSeconds: to.timeoutSeconds,
      batchingWindow,
    });
    new Rule(this, 'rule', {
      schedule,
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters, maxEventAge: Duration.hours(24) })],
    });
    to.consumes(this.queue, { batchSize: 10, batchingWindow, maxConcurrency: 2 });
  }
}
