import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { BusRoute } from '#infra/constructs/bus-route.ts';
import { ScheduleRule } from '#infra/constructs/schedule-rule.ts';
import type { StageProps } from '#infra/stages/stage.ts';
import type { SegmentsFunctions } from './functions.ts';

/** What brings something to the functions, and sets aside what they could not take. */
export function segmentsQueues(stage: Construct, { config, data: { bus } }: StageProps, fn: SegmentsFunctions) {
  const segments = new BusRoute(stage, 'segments', {
    bus,
    detailTypes: ['ProfileChanged', 'IdentityMerged', 'IdentityUnmerged', 'SegmentsDue'],
    to: fn.refreshSegments,
    batchSize: 25,
    batchingWindow: Duration.seconds(1),
    maxConcurrency: config.profileConcurrency,
  });
  // Rules see days, UTC: what time changes it changes at midnight. The hours after it find who was too many for one run, or was
  // left by one that failed; each looks at the two midnights before too.
  new ScheduleRule(stage, 'due-segments', { schedule: Schedule.cron({ minute: '0' }), to: segments });
  return { segments };
}
export type SegmentsQueues = ReturnType<typeof segmentsQueues>;
