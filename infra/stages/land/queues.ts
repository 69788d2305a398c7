import type { Construct } from 'constructs';
import { DeadLetterQueue } from '#infra/constructs/dead-letter-queue.ts';
import { LakeDelivery } from '#infra/constructs/lake-delivery.ts';
import type { StageProps } from '#infra/stages/stage.ts';
import type { LandFunctions } from './functions.ts';

/** A delivery for each table of the lake. */
export function landQueues(stage: Construct, { config, data: { bus, lake } }: StageProps, fn: LandFunctions) {
  // One for all: an event has one table, so that none needs a queue of its own to be brought back; each would have an alarm.
  const deadLetters: DeadLetterQueue = new DeadLetterQueue(stage, 'dead-letters', {
    name: 'landing-dead-letters',
    back: () => ({ kind: 'delivery-streams', deliveries }),
  });
  const deliveries = lake.tables.map(
    (table) =>
      new LakeDelivery(stage, `land-${table.tableName.replaceAll('_', '-')}`, {
        bus,
        lake,
        table,
        config,
        transform: fn.landEvents,
        deadLetters,
      }),
  );
  return { deadLetters, deliveries };
}
export type LandQueues = ReturnType<typeof landQueues>;
