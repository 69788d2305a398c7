import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { functionMaker, type StageProps } from '#infra/stages/stage.ts';

/** The functions of the stage with all that they may touch. */
export function catalogueFunctions(stage: Construct, { config, data }: StageProps) {
  const { bus, catalogue } = data;
  const fn = functionMaker(stage, config);
  return {
    readCatalogue: fn('read-catalogue', 'Answers what the catalogue holds, now and before').reads(
      catalogue,
      'GetItem',
      'Query',
    ),

    writeCatalogue: fn('write-catalogue', 'Checks and saves offers, rules, policies and strategies', {
      timeout: Duration.seconds(20),
      memorySize: 1024,
    })
      .reads(catalogue, 'GetItem', 'Query')
      .writes(catalogue, 'PutItem', 'DeleteItem')
      .knowsTouchpoints(config.touchpoints)
      .publishes(bus),
  };
}
export type CatalogueFunctions = ReturnType<typeof catalogueFunctions>;
