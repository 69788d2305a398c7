import type { Construct } from 'constructs';
import type { StageConfig } from '#infra/config.ts';
import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import { LoopFunction, type LoopFunctionProps } from '#infra/constructs/loop-function.ts';
import type { WatchedAlarmProps } from '#infra/constructs/watched-alarm.ts';
import type { DataStack } from '#infra/stacks/data-stack.ts';

/** What every stage of the loop is made with. */
export interface StageProps {
  readonly config: StageConfig;
  readonly data: DataStack;
}

/** Alarms of a stage by name. */
export type Alarms = Readonly<Record<string, Omit<WatchedAlarmProps, 'topic'>>>;

/** What a stage has the observability stack watch. */
export interface WatchedStage extends Construct {
  readonly alarms: Alarms;
  readonly widgets: readonly DashboardRow[];
}

/** Makes functions of a stage, as the settings say that they log and are traced. */
export const functionMaker =
  (stage: Construct, { logRetention, tracing }: StageConfig) =>
  (name: string, description: string, options: Partial<LoopFunctionProps> = {}): LoopFunction =>
    new LoopFunction(stage, name, { description, logRetention, tracing, ...options });
