import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { functionMaker, type StageProps } from '#infra/stages/stage.ts';

/** The functions of the stage with all that they may touch. */
export function segmentsFunctions(stage: Construct, { config, data }: StageProps) {
  const { bus, catalogue, customers } = data;
  const fn = functionMaker(stage, config);
  return {
    refreshSegments: fn('refresh-segments', 'Looks which segments customers are in', {
      timeout: Duration.seconds(60),
      memorySize: 1024,
    })
      .reads(customers, 'GetItem', 'BatchGetItem')
      .writes(customers, 'PutItem')
      .reads(catalogue, 'GetItem', 'Query'),

    wakeSegments: fn('wake-segments', 'Tells whose segments change by the passing of time', {
      timeout: Duration.minutes(5),
      memorySize: 1024,
    })
      .reads(customers, 'Query')
      .writes(customers, 'DeleteItem')
      .publishes(bus),
  };
}
export type SegmentsFunctions = ReturnType<typeof segmentsFunctions>;
