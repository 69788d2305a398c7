import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { toldSorts } from '#contracts/streams.ts';
import { StreamRoute } from '#infra/constructs/stream-route.ts';
import type { StageProps } from '#infra/stages/stage.ts';
import type { DecideFunctions } from './functions.ts';

/** What brings something to the functions, and sets aside what they could not take. */
export function decideQueues(stage: Construct, { data }: StageProps, fn: DecideFunctions) {
  return {
    unpublishedDecisions: new StreamRoute(stage, 'unpublished-decisions', {
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
    }),
  };
}
export type DecideQueues = ReturnType<typeof decideQueues>;
