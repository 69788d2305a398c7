import { Construct } from 'constructs';
import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import type { Alarms, StageProps, WatchedStage } from '#infra/stages/stage.ts';
import { segmentsAlarms } from './alarms.ts';
import { type SegmentsFunctions, segmentsFunctions } from './functions.ts';
import { type SegmentsQueues, segmentsQueues } from './queues.ts';
import { segmentsWidgets } from './widgets.ts';

/** Keeps which segments customers are in, by what they do and by the passing of time. */
export class SegmentsStage extends Construct implements WatchedStage {
  readonly functions: SegmentsFunctions;
  readonly queues: SegmentsQueues;
  readonly alarms: Alarms;
  readonly widgets: readonly DashboardRow[];

  constructor(scope: Construct, props: StageProps) {
    super(scope, 'segments');
    this.functions = segmentsFunctions(this, props);
    this.queues = segmentsQueues(this, props, this.functions);
    this.alarms = segmentsAlarms(this);
    this.widgets = segmentsWidgets(this);
  }
}
