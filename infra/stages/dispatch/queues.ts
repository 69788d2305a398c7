import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { ScheduleRoute } from '#infra/constructs/schedule-route.ts';
import type { DispatchFunctions } from './functions.ts';

/** What brings something to the functions, and sets aside what they could not take. */
export function dispatchQueues(stage: Construct, fn: DispatchFunctions) {
  return {
    // Each minute's sender takes what is due; what one leaves, the next one takes.
    dueMessages: new ScheduleRoute(stage, 'due-messages', {
      schedule: Schedule.rate(Duration.minutes(1)),
      to: fn.sendMessages,
    }),
  };
}
export type DispatchQueues = ReturnType<typeof dispatchQueues>;
