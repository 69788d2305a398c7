import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { toldSorts } from '#contracts/streams.ts';
import { BusRoute } from '#infra/constructs/bus-route.ts';
import { ScheduleRule } from '#infra/constructs/schedule-rule.ts';
import { StreamRoute } from '#infra/constructs/stream-route.ts';
import type { StageProps } from '#infra/stages/stage.ts';
import type { CampaignFunctions } from './functions.ts';

/** What brings something to the functions, and sets aside what they could not take. */
export function campaignQueues(stage: Construct, { data }: StageProps, fn: CampaignFunctions) {
  const { contactPrefix, run } = toldSorts.campaigns;
  const begunRuns = new BusRoute(stage, 'begun-runs', {
    bus: data.bus,
    detailTypes: ['SegmentEntered'],
    to: fn.beginRuns,
    batchSize: 1000,
    // A run costs what a thousand messages do: whoever enters within a minute goes into one.
    batchingWindow: Duration.seconds(60),
    maxConcurrency: 2,
  });
  // A run begins a quarter of an hour before it sends; each look finds what the ones before it have missed.
  new ScheduleRule(stage, 'due-runs', { schedule: Schedule.rate(Duration.minutes(5)), to: begunRuns });
  return {
    unpublishedContacts: new StreamRoute(stage, 'unpublished-contacts', {
      table: data.campaigns,
      to: fn.publishContacts,
      batchSize: 1000,
      batchingWindow: Duration.seconds(5),
      filters: [FilterRule.beginsWith(contactPrefix), FilterRule.isEqual(run)].map((sort) =>
        FilterCriteria.filter({ dynamodb: { Keys: { sk: { S: sort } } } }),
      ),
    }),

    begunRuns,
  };
}
export type CampaignQueues = ReturnType<typeof campaignQueues>;
