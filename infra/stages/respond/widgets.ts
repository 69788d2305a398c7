import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import { durationOf, messagesIn } from '#infra/constructs/loop-metrics.ts';
import type { RespondStage } from './respond-stage.ts';

/** What is drawn of the stage. */
export const respondWidgets = ({
  functions,
  queues,
}: Pick<RespondStage, 'functions' | 'queues'>): readonly DashboardRow[] => [
  {
    title: 'Respond',
    graphs: {
      Queue: [messagesIn(queues.derivedDispositions.queue, 'derived dispositions')],
      'Dead letters': [messagesIn(queues.derivedDispositions.deadLetters, 'derived dispositions')],
      'Functions: p99, ms': [durationOf(functions.captureDisposition), durationOf(functions.deriveDispositions)],
    },
  },
];
