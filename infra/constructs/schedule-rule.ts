import { Duration } from 'aws-cdk-lib';
import { Rule, type Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { LoopQueue } from './loop-queue.ts';

export interface ScheduleRuleProps {
  /** EventBridge keeps it to the minute: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html */
  readonly schedule: Schedule;
  readonly to: { readonly queue: LoopQueue; readonly deadLetters: DeadLetterQueue };
}

/** Puts the times of a schedule into a queue. */
export class ScheduleRule extends Rule {
  constructor(scope: Construct, id: string, { schedule, to: { queue, deadLetters } }: ScheduleRuleProps) {
    super(scope, id, {
      schedule,
      targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters, maxEventAge: Duration.hours(24) })],
    });
  }
}
