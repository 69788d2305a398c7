import type { Construct } from 'constructs';
import { LakeDelivery } from '#infra/constructs/lake-delivery.ts';
import type { StageProps } from '#infra/stages/stage.ts';
import type { LandFunctions } from './functions.ts';

/** A delivery for each table of the lake. */
export function landQueues(stage: Construct, { config, data: { bus, lake } }: StageProps, fn: LandFunctions) {
  return lake.tables.map(
    (table) =>
      new LakeDelivery(stage, `land-${table.tableName.replaceAll('_', '-')}`, {
        bus,
        lake,
        table,
        config,
        transform: fn.landEvents,
      }),
  );
}
export type LandQueues = ReturnType<typeof landQueues>;
