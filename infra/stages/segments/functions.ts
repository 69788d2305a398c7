import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { functionMaker, type StageProps } from '#infra/stages/stage.ts';

/** The functions of the stage with all that they may touch. */
export function segmentsFunctions(stage: Construct, { config, data }: StageProps) {
  const { bus, catalogue, customers } = data;
  const fn = functionMaker(stage, config);
  return {
    refreshSegments: fn(
      'refresh-segments',
      'Looks which segments customers are in, and whose change by the passing of time',
      {
        timeout: Duration.seconds(60),
        memorySize: 1024,
      },
    )
      .reads(customers, 'GetItem', 'BatchGetItem', 'Query')
      .writes(customers, 'PutItem', 'DeleteItem')
      .reads(catalogue, 'GetItem', 'Query')
      .publishes(bus),
  };
}
export type SegmentsFunctions = ReturnType<typeof segmentsFunctions>;
