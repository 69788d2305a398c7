import { dynamoRuns } from '#handlers/wiring/dynamo-runs.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { QueueEvent, queueHandler } from '#runtime/queue.ts';
import { queueWithTimes } from '#runtime/queue-with-times.ts';
import { beginTriggeredRuns } from '#use-cases/campaign/begin-triggered-runs.ts';
import { startDueRuns } from '#use-cases/campaign/start-due-runs.ts';

/** A change of the catalogue is in force everywhere after this time. */
const catalogueFreshMs = 30_000;

export const handler = withRuntime('begin-runs', QueueEvent, () => {
  const { USUAL_TIME_ZONE } = environment('USUAL_TIME_ZONE');
  const deps = dynamoRuns({ catalogueFreshMs });
  return queueWithTimes(startDueRuns({ ...deps, firmZone: USUAL_TIME_ZONE }), queueHandler(beginTriggeredRuns(deps)));
});
