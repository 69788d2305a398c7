import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { unansweredEveryMinutes } from '#contracts/stage/unanswered-every.ts';
import { BusRoute } from '#infra/constructs/bus-route.ts';
import { ScheduleRule } from '#infra/constructs/schedule-rule.ts';
import type { StageProps } from '#infra/stages/stage.ts';
import type { LearnFunctions } from './functions.ts';

/** What brings something to the functions, and sets aside what they could not take. */
export function learnQueues(stage: Construct, { data }: StageProps, fn: LearnFunctions) {
  // Two functions at least, says AWS; more would only be in each other's way: each writes the model of the channel.
  const learning = new BusRoute(stage, 'learning', {
    bus: data.bus,
    detailTypes: ['DispositionCaptured', 'PresentationsUnanswered'],
    to: fn.learnFromDispositions,
    batchSize: 1000,
    batchingWindow: Duration.seconds(5),
    maxConcurrency: 2,
  });
  new ScheduleRule(stage, 'unanswered', {
    schedule: Schedule.rate(Duration.minutes(unansweredEveryMinutes)),
    to: learning,
  });
  return { learning };
}
export type LearnQueues = ReturnType<typeof learnQueues>;
