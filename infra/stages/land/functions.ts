import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { functionMaker, type StageProps } from '#infra/stages/stage.ts';

/** The functions of the stage with all that they may touch. */
export function landFunctions(stage: Construct, { config }: StageProps) {
  const fn = functionMaker(stage, config);
  return {
    landEvents: fn('land-events', 'Unpacks bus events into rows of the lake', { timeout: Duration.seconds(60) }),
  };
}
export type LandFunctions = ReturnType<typeof landFunctions>;
