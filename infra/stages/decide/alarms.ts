import { failuresOf, messagesIn, streamAgeMs } from '#infra/constructs/loop-metrics.ts';
import type { Alarms } from '#infra/stages/stage.ts';
import type { DecideStage } from './decide-stage.ts';

/** What rings when the stage is hurt. CloudWatch bills each metric of an alarm, about 0.10 USD a month. */
export const decideAlarms = ({ functions, queues }: Pick<DecideStage, 'functions' | 'queues'>): Alarms => ({
  'unpublished-decisions': {
    metric: messagesIn(queues.unpublishedDecisions.deadLetters),
    threshold: 0,
    impact: 'Decisions were made and answered that the lake does not have.',
    runbook: 'unpublished-decisions',
  },
  'decision-stream-age': {
    metric: streamAgeMs(functions.publishDecisions),
    threshold: 900_000,
    impact: 'Decisions reach the lake late; after 24 hours the stream forgets them.',
    runbook: 'unpublished-decisions',
  },
  // The failing of other functions shows as errors of the API, as dead letters, or as age of a queue or a stream, and each metric
  // costs.
  'decide-batch-failures': {
    metric: failuresOf(functions.decideBatch),
    threshold: 0,
    periods: { bad: 2, of: 3 },
    impact: 'Whoever asks for decisions in batches gets none.',
    runbook: 'function-failures',
  },
});
