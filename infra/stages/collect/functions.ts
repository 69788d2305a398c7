import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { functionMaker, type StageProps } from '#infra/stages/stage.ts';

/** The functions of the stage with all that they may touch. */
export function collectFunctions(stage: Construct, { config, data }: StageProps) {
  const { arrivals, bus, credentials, identityKey, lake } = data;
  const fn = functionMaker(stage, config);
  return {
    collectInteractions: fn('collect-interactions', 'Takes what touchpoints tell and puts it on the bus', {
      reservedConcurrency: config.reservedConcurrency?.collect,
    })
      .reads(credentials, 'GetItem')
      .writes(arrivals, 'UpdateItem')
      .publishes(bus)
      .keys(identityKey)
      .identifies(config.identifiers)
      .countsIn(config.currency),

    readRejections: fn('read-rejections', 'Answers which events were refused, and why', {
      // An HTTP API gives up after 30 s.
      timeout: Duration.seconds(29),
    }).queries(lake, 'rejected_interactions'),
  };
}
export type CollectFunctions = ReturnType<typeof collectFunctions>;
