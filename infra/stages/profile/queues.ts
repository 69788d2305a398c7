import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { toldSorts } from '#contracts/streams.ts';
import { BusRoute } from '#infra/constructs/bus-route.ts';
import { StreamRoute } from '#infra/constructs/stream-route.ts';
import type { StageProps } from '#infra/stages/stage.ts';
import type { ProfileFunctions } from './functions.ts';

/** What brings something to the functions, and sets aside what they could not take. */
export function profileQueues(stage: Construct, { config, data }: StageProps, fn: ProfileFunctions) {
  return {
    profile: new BusRoute(stage, 'profile', {
      bus: data.bus,
      detailTypes: ['InteractionsReceived'],
      to: fn.updateProfile,
      batchSize: 100,
      batchingWindow: Duration.seconds(1),
      maxConcurrency: config.profileConcurrency,
    }),

    unpublishedChanges: new StreamRoute(stage, 'unpublished-changes', {
      table: data.customers,
      to: fn.publishCustomerChanges,
      batchSize: 100,
      batchingWindow: Duration.seconds(1),
      filters: [
        FilterRule.beginsWith(toldSorts.customers.personaPrefix),
        FilterRule.isEqual(toldSorts.customers.cluster),
        FilterRule.isEqual(toldSorts.customers.segments),
      ].map((sort) => FilterCriteria.filter({ dynamodb: { Keys: { sk: { S: sort } } } })),
    }),
  };
}
export type ProfileQueues = ReturnType<typeof profileQueues>;
