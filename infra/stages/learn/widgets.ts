import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import { durationOf, messagesIn } from '#infra/constructs/loop-metrics.ts';
import type { LearnStage } from './learn-stage.ts';

/** What is drawn of the stage. */
export const learnWidgets = ({
  functions,
  queues,
}: Pick<LearnStage, 'functions' | 'queues'>): readonly DashboardRow[] => [
  {
    title: 'Learn',
    graphs: {
      Queue: [messagesIn(queues.learning.queue, 'learning')],
      'Dead letters': [messagesIn(queues.learning.deadLetters, 'learning')],
      'Functions: p99, ms': [durationOf(functions.learnFromDispositions)],
    },
  },
];
