import { Duration } from 'aws-cdk-lib';
import type { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { LoopFunction } from './loop-function.ts';
import { LoopQueue } from './loop-queue.ts';
import { ScheduleRule } from './schedule-rule.ts';

export interface ScheduleRouteProps {
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
    new ScheduleRule(this, 'rule', { schedule, to: this });
    to.consumes(this.queue, { batchSize: 10, batchingWindow, maxConcurrency: 2 });
  }
}
