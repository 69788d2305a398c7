import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { functionMaker, type StageProps } from '#infra/stages/stage.ts';

/** The functions of the stage with all that they may touch. */
export function learnFunctions(stage: Construct, { config, data }: StageProps) {
  const { bus, models } = data;
  const fn = functionMaker(stage, config);
  return {
    learnFromDispositions: fn('learn-from-dispositions', 'Teaches models what customers did with treatments', {
      timeout: Duration.seconds(60),
      memorySize: 1024,
    })
      .reads(models, 'BatchGetItem', 'Query')
      .writes(models, 'PutItem', 'DeleteItem')
      .publishes(bus),
  };
}
export type LearnFunctions = ReturnType<typeof learnFunctions>;
