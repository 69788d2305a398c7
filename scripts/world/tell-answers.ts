import { basicAuth } from '#scripts/target/basic-auth.ts';
import type { Answers } from './answer-treatments.ts';
import type { Stage } from './play.ts';
import { postJson } from './post-json.ts';

/** The API takes 500 at most. */
const reportsARequest = 500;

/** Tells what came of treatments, each by the touchpoint that showed it. Throws an Error when it is refused. */
export async function tellAnswers(told: Answers['told'], stage: Stage): Promise<void> {
  for (const [touchpoint, own] of Map.groupBy(told, ({ shown }) => shown.touchpoint)) {
    const headers = { authorization: basicAuth(stage.keyOf(touchpoint)) };
    for (let index = 0; index < own.length; index += reportsARequest) {
      const reports = own
        .slice(index, index + reportsARequest)
        .map(({ shown: { decisionId, treatmentId }, disposition }) => ({ decisionId, treatmentId, disposition }));
      await postJson(`${stage.url}/v1/dispositions`, reports, headers);
    }
  }
}
