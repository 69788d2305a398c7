import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { functionMaker } from '#infra/stages/stage.ts';
import type { DispatchStageProps } from './dispatch-stage.ts';

/** The functions of the stage with all that they may touch. */
export function dispatchFunctions(stage: Construct, { config, data, mail, apiUrl }: DispatchStageProps) {
  const { bus, campaigns, catalogue, customers, decisions, identityKey } = data;
  const fn = functionMaker(stage, config);
  return {
    sendMessages: fn('send-messages', 'Sends what campaigns have chosen, when it is due', {
      // A sender works for 45 seconds, and ends what it has begun.
      timeout: Duration.seconds(90),
      memorySize: 1024,
    })
      .reads(campaigns, 'GetItem', 'Query')
      .queriesIndex(campaigns, 'due')
      .writes(campaigns, 'PutItem', 'UpdateItem')
      .reads(customers, 'BatchGetItem', 'Query')
      .reads(catalogue, 'GetItem', 'Query')
      .reads(decisions, 'Query')
      .writes(decisions, 'PutItem')
      .publishes(bus)
      .sendsBy(mail, config.sending)
      .keys(identityKey)
      .goesBy(config.timeZone)
      .linksTo(apiUrl),
  };
}
export type DispatchFunctions = ReturnType<typeof dispatchFunctions>;
