import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BusRoute } from '#infra/constructs/bus-route.ts';
import type { StageProps } from '#infra/stages/stage.ts';
import type { LearnFunctions } from './functions.ts';

/** What brings something to the functions, and sets aside what they could not take. */
export function learnQueues(stage: Construct, { data }: StageProps, fn: LearnFunctions) {
  return {
    // Two functions at least, says AWS; more would only be in each other's way: each writes the model of the channel.
    learning: new BusRoute(stage, 'learning', {
      bus: data.bus,
      detailTypes: ['DispositionCaptured'],
      to: fn.learnFromDispositions,
      batchSize: 1000,
      batchingWindow: Duration.seconds(5),
      maxConcurrency: 2,
    }),
  };
}
export type LearnQueues = ReturnType<typeof learnQueues>;
