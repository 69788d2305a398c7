import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { StageConfig } from '#infra/config.ts';
import { BusRoute } from '#infra/constructs/bus-route.ts';
import { DeadLetterQueue } from '#infra/constructs/dead-letter-queue.ts';
import { LakeDelivery } from '#infra/constructs/lake-delivery.ts';
import { tell } from '#infra/constructs/tell.ts';
import { TouchpointApi } from '#infra/constructs/touchpoint-api.ts';
import type { DataStack } from './data-stack.ts';
import { LoopFunctions } from './loop-functions.ts';
import { addTouchpointRoutes } from './touchpoint-routes.ts';

export interface LoopStackProps extends StackProps {
  readonly config: StageConfig;
  readonly data: DataStack;
}

/** What runs: collect, land, profile, publish and read, each a few lines that say what it listens to. */
export class LoopStack extends Stack {
  readonly functions: LoopFunctions;
  readonly api: TouchpointApi;
  readonly profile: BusRoute;
  readonly landed: readonly [LakeDelivery, LakeDelivery];
  readonly unpublishedChanges: DeadLetterQueue;

  constructor(scope: Construct, id: string, { config, data, ...props }: LoopStackProps) {
    super(scope, id, props);
    const { bus, lake } = data;
    const fn = new LoopFunctions(this, 'functions', { config, data });
    this.functions = fn;

    this.api = new TouchpointApi(this, 'api', { authorizer: fn.authorizeTouchpoint, config });
    addTouchpointRoutes(this.api, fn);

    const landing = { bus, lake, config, transform: fn.landInteractions };
    this.landed = [
      new LakeDelivery(this, 'land-interactions', {
        ...landing,
        detailTypes: ['InteractionsReceived'],
        table: data.interactions,
      }),
      new LakeDelivery(this, 'land-rejected-interactions', {
        ...landing,
        detailTypes: ['InteractionsRejected'],
        table: data.rejectedInteractions,
      }),
    ];

    this.profile = new BusRoute(this, 'profile', {
      bus,
      detailTypes: ['InteractionsReceived'],
      to: fn.updateProfile,
      batchSize: 100,
      batchingWindow: Duration.seconds(1),
      maxConcurrency: config.profileConcurrency,
    });

    this.unpublishedChanges = new DeadLetterQueue(this, 'unpublished-changes');
    fn.publishProfileChanges.follows(data.customers, {
      batchSize: 100,
      batchingWindow: Duration.seconds(1),
      filters: [FilterCriteria.filter({ dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('persona#') } } } })],
      deadLetters: this.unpublishedChanges,
    });

    const [interactions, rejectedInteractions] = this.landed;
    tell(this, {
      ApiUrl: this.api.url,
      InteractionsStreamName: interactions.streamName,
      InteractionsDeadLettersUrl: interactions.deadLetters.queueUrl,
      RejectedInteractionsStreamName: rejectedInteractions.streamName,
      RejectedInteractionsDeadLettersUrl: rejectedInteractions.deadLetters.queueUrl,
      ProfileQueueUrl: this.profile.queue.queueUrl,
      ProfileDeadLettersUrl: this.profile.deadLetters.queueUrl,
      UnpublishedChangesUrl: this.unpublishedChanges.queueUrl,
    });
  }
}
