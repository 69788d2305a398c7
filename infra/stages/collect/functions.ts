import type { Construct } from 'constructs';
import { functionMaker, type StageProps } from '#infra/stages/stage.ts';

/** The functions of the stage with all that they may touch. */
export function collectFunctions(stage: Construct, { config, data }: StageProps) {
  const { arrivals, bus, credentials, identityKey } = data;
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
  };
}
export type CollectFunctions = ReturnType<typeof collectFunctions>;
