import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { dispositionEvents } from '#contracts/wire/disposition-events.ts';
import { BusRoute } from '#infra/constructs/bus-route.ts';
import type { StageProps } from '#infra/stages/stage.ts';
import type { RespondFunctions } from './functions.ts';

/** What brings something to the functions, and sets aside what they could not take. */
export function respondQueues(stage: Construct, { config, data }: StageProps, fn: RespondFunctions) {
  return {
    derivedDispositions: new BusRoute(stage, 'derived-dispositions', {
      bus: data.bus,
      detailTypes: ['InteractionsReceived'],
      detail: {
        personas: {
          interactions: { event: [...dispositionEvents], properties: { decision_id: [{ exists: true }] } },
        },
      },
      to: fn.deriveDispositions,
      batchSize: 100,
      batchingWindow: Duration.seconds(1),
      maxConcurrency: config.profileConcurrency,
    }),
  };
}
export type RespondQueues = ReturnType<typeof respondQueues>;
