import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { functionMaker, type StageProps } from '#infra/stages/stage.ts';
import { deciding } from './deciding.ts';

/** The functions of the stage with all that they may touch. */
export function decideFunctions(stage: Construct, { config, data }: StageProps) {
  const { arrivals, bus, credentials, decisions, identityKey } = data;
  const fn = functionMaker(stage, config);
  const decides = deciding({ config, data });
  return {
    makeDecision: decides(
      fn('make-decision', 'Answers what to show a customer now', {
        timeout: Duration.seconds(10),
        // Most of its time it waits for DynamoDB, and waiting is billed by memory.
        memorySize: 512,
        reservedConcurrency: config.reservedConcurrency?.decide,
      }),
    )
      .reads(credentials, 'GetItem')
      .writes(arrivals, 'UpdateItem')
      .keys(identityKey)
      .identifies(config.identifiers),

    decideBatch: decides(
      fn('decide-batch', 'Decides for many customers at once', { timeout: Duration.seconds(60), memorySize: 1024 }),
    )
      .keys(identityKey)
      .knowsTouchpoints(config.touchpoints),

    replayDecision: fn('replay-decision', 'Makes a decision again from its record').reads(decisions, 'Query'),

    publishDecisions: fn('publish-decisions', 'Tells the bus which decisions were made', {
      timeout: Duration.seconds(30),
    }).publishes(bus),
  };
}
export type DecideFunctions = ReturnType<typeof decideFunctions>;
