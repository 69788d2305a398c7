import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import { durationOf, failuresOf, messagesIn, streamAgeMs } from '#infra/constructs/loop-metrics.ts';
import type { DecideStage } from './decide-stage.ts';

/** What is drawn of the stage. */
export const decideWidgets = ({
  functions,
  queues,
}: Pick<DecideStage, 'functions' | 'queues'>): readonly DashboardRow[] => [
  {
    title: 'Decide',
    graphs: {
      'Functions: p99, ms': [durationOf(functions.makeDecision), durationOf(functions.decideBatch)],
      'Age of the stream, ms': [streamAgeMs(functions.publishDecisions)],
      'Unpublished decisions': [messagesIn(queues.unpublishedDecisions.deadLetters)],
      'Failures that only its callers see': [failuresOf(functions.decideBatch, 'decide-batch')],
    },
  },
];
