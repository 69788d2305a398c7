import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { BusRoute } from '#infra/constructs/bus-route.ts';
import { ScheduleRoute } from '#infra/constructs/schedule-route.ts';
import type { StageProps } from '#infra/stages/stage.ts';
import type { SegmentsFunctions } from './functions.ts';

/** What brings something to the functions, and sets aside what they could not take. */
export function segmentsQueues(stage: Construct, { config, data: { bus } }: StageProps, fn: SegmentsFunctions) {
  return {
    segments: new BusRoute(stage, 'segments', {
      bus,
      detailTypes: ['ProfileChanged', 'IdentityMerged', 'IdentityUnmerged', 'SegmentsDue'],
      to: fn.refreshSegments,
      batchSize: 25,
      batchingWindow: Duration.seconds(1),
      maxConcurrency: config.profileConcurrency,
    }),

    // Rules see days, UTC: what time changes it changes at midnight. What failed then is tried again by the queue, and each
    // midnight looks at the two before it too.
    dueSegments: new ScheduleRoute(stage, 'due-segments', {
      schedule: Schedule.cron({ minute: '0', hour: '0' }),
      to: fn.wakeSegments,
    }),
  };
}
export type SegmentsQueues = ReturnType<typeof segmentsQueues>;
