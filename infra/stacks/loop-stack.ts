import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { toldSorts } from '#contracts/streams.ts';
import { dispositionEvents } from '#contracts/wire/disposition-events.ts';
import type { StageConfig } from '#infra/config.ts';
import { BusRoute } from '#infra/constructs/bus-route.ts';
import { DeadLetterQueue } from '#infra/constructs/dead-letter-queue.ts';
import { LakeDelivery } from '#infra/constructs/lake-delivery.ts';
import { ScheduleRoute } from '#infra/constructs/schedule-route.ts';
import { StreamRoute } from '#infra/constructs/stream-route.ts';
import { tell } from '#infra/constructs/tell.ts';
import { TouchpointApi } from '#infra/constructs/touchpoint-api.ts';
import type { DataStack } from './data-stack.ts';
import { LoopFunctions } from './loop-functions.ts';
import { addTouchpointRoutes } from './touchpoint-routes.ts';

export interface LoopStackProps extends StackProps {
  readonly config: StageConfig;
  readonly data: DataStack;
}

/** What runs: collect, land, profile, publish, segments, decide, capture and learn, each a few lines that say what it listens to. */
export class LoopStack extends Stack {
  readonly functions: LoopFunctions;
  readonly api: TouchpointApi;
  readonly profile: BusRoute;
  readonly landed: readonly [LakeDelivery, LakeDelivery, LakeDelivery, LakeDelivery, LakeDelivery];
  readonly unpublishedChanges: StreamRoute;
  readonly segments: BusRoute;
  readonly learning: BusRoute;
  readonly unpublishedDecisions: StreamRoute;
  readonly derivedDispositions: BusRoute;
  readonly dueSegments: ScheduleRoute;

  constructor(scope: Construct, id: string, { config, data, ...props }: LoopStackProps) {
    super(scope, id, props);
    const { bus, lake } = data;
    const fn = new LoopFunctions(this, 'functions', { config, data });
    this.functions = fn;

    this.api = new TouchpointApi(this, 'api', { authorizer: fn.authorizeTouchpoint, config });
    addTouchpointRoutes(this.api, fn);

    const landing = { bus, lake, config, transform: fn.landEvents };
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
      new LakeDelivery(this, 'land-identity-links', {
        ...landing,
        detailTypes: ['IdentityLinked', 'IdentityMerged', 'IdentityMergeRefused', 'IdentityUnmerged'],
        table: data.identityLinks,
        // A merge or an unmerge of many customers grows some thirteenfold: a row for each of their ids.
        transformMegabytes: 0.2,
      }),
      new LakeDelivery(this, 'land-decisions', {
        ...landing,
        detailTypes: ['DecisionMade'],
        table: data.decisionRows,
        // Packed records grow some twentyfold as rows, and the transform's answer has to stay under 6 MB.
        transformMegabytes: 0.2,
      }),
      new LakeDelivery(this, 'land-dispositions', {
        ...landing,
        detailTypes: ['DispositionCaptured'],
        table: data.dispositionRows,
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

    const { personaPrefix, cluster, segments } = toldSorts.customers;
    this.unpublishedChanges = new StreamRoute(this, 'unpublished-changes', {
      table: data.customers,
      to: fn.publishCustomerChanges,
      batchSize: 100,
      batchingWindow: Duration.seconds(1),
      filters: [FilterRule.beginsWith(personaPrefix), FilterRule.isEqual(cluster), FilterRule.isEqual(segments)].map(
        (sort) => FilterCriteria.filter({ dynamodb: { Keys: { sk: { S: sort } } } }),
      ),
    });

    this.segments = new BusRoute(this, 'segments', {
      bus,
      detailTypes: ['ProfileChanged', 'IdentityMerged', 'IdentityUnmerged', 'SegmentsDue'],
      to: fn.refreshSegments,
      batchSize: 25,
      batchingWindow: Duration.seconds(1),
      maxConcurrency: config.profileConcurrency,
    });
    // Rules see days, UTC: what time changes it changes at midnight. What failed then is tried again by the queue, and each
    // midnight looks at the two before it too.
    this.dueSegments = new ScheduleRoute(this, 'due-segments', {
      schedule: Schedule.cron({ minute: '0', hour: '0' }),
      to: fn.wakeSegments,
    });

    this.unpublishedDecisions = new StreamRoute(this, 'unpublished-decisions', {
      table: data.decisions,
      to: fn.publishDecisions,
      batchSize: 1000,
      batchingWindow: Duration.seconds(5),
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { Keys: { sk: { S: FilterRule.beginsWith(toldSorts.decisions.decisionPrefix) } } },
        }),
      ],
    });
    this.derivedDispositions = new BusRoute(this, 'derived-dispositions', {
      bus,
      detailTypes: ['InteractionsReceived'],
      detail: {
        personas: {
          interactions: { event: [...dispositionEvents], properties: { decision_id: [{ exists: true }] } },
        },
      },
      to: fn.deriveDispositions,
      batchSize: 100,
      batchingWindow: Duration.seconds(1),
      maxConcurrency: config.profileConcurrency,
    });

    // Two functions at least, says AWS; more would only be in each other's way: each writes the model of the channel.
    this.learning = new BusRoute(this, 'learning', {
      bus,
      detailTypes: ['DispositionCaptured'],
      to: fn.learnFromDispositions,
      batchSize: 1000,
      batchingWindow: Duration.seconds(5),
      maxConcurrency: 2,
    });

    tell(this, {
      ApiUrl: this.api.url,
      ...(this.api.domain && { OwnApiUrl: this.api.domain.url, OwnDomainTarget: this.api.domain.target }),
      // What API Gateway would cost for each decision, touchpoints that can sign save.
      DecisionsUrl: fn.makeDecision.urlForSigned(),
      DecideBatchFunctionName: fn.decideBatch.functionName,
      ...DeadLetterQueue.outputsOf(this),
    });
  }
}
