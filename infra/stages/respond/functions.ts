import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { functionMaker, type StageProps } from '#infra/stages/stage.ts';

/** The functions of the stage with all that they may touch. */
export function respondFunctions(stage: Construct, { config, data }: StageProps) {
  const { arrivals, bus, decisions } = data;
  const fn = functionMaker(stage, config);
  return {
    captureDisposition: fn('capture-disposition', 'Takes what customers did with treatments')
      .reads(decisions, 'Query')
      .writes(decisions, 'PutItem')
      .writes(arrivals, 'UpdateItem')
      .publishes(bus),

    deriveDispositions: fn('derive-dispositions', 'Takes the dispositions that interactions mean', {
      timeout: Duration.seconds(30),
    })
      .reads(decisions, 'Query')
      .writes(decisions, 'PutItem')
      .publishes(bus),
  };
}
export type RespondFunctions = ReturnType<typeof respondFunctions>;
