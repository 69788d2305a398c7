import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import { durationOf, messagesIn, oldestMessageSeconds } from '#infra/constructs/loop-metrics.ts';
import type { SegmentsStage } from './segments-stage.ts';

/** What is drawn of the stage. */
export const segmentsWidgets = ({
  functions,
  queues,
}: Pick<SegmentsStage, 'functions' | 'queues'>): readonly DashboardRow[] => [
  {
    title: 'Segments',
    graphs: {
      Queue: [messagesIn(queues.segments.queue, 'waiting'), messagesIn(queues.segments.deadLetters, 'dead letters')],
      'Oldest message, s': [oldestMessageSeconds(queues.segments.queue)],
      'Functions: p99, ms': [durationOf(functions.refreshSegments)],
    },
  },
];
