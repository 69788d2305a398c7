import * as z from 'zod';
import type { Touchpoint } from '#domain/vocabulary/touchpoint.ts';
import { gather } from '#runtime/gather.ts';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import { postJson } from './post-json.ts';

const eventsARequest = 100;

const CollectAnswer = z.object({ accepted: z.int(), rejected: z.int() });

/** An event as it is sent, and the touchpoint that sends it. */
export interface PlayedEvent {
  readonly touchpoint: Touchpoint;
  readonly message: object;
}

/** Where a world is played to: the API, and a key for each touchpoint. */
export interface Stage {
  readonly url: string;
  keyOf(touchpoint: Touchpoint): string;
}

/** What became of events that were sent. */
export interface PlayedCounts {
  readonly accepted: number;
  readonly rejected: number;
}

/** Sends events through the HTTP API in batches, four requests at a time. Throws an Error when a request is refused. */
export async function play(
  events: readonly PlayedEvent[],
  stage: Stage,
  onProgress: (sent: number) => void,
): Promise<PlayedCounts> {
  const requests = [...Map.groupBy(events, ({ touchpoint }) => touchpoint)].flatMap(([touchpoint, own]) =>
    chunks(
      own.map(({ message }) => message),
      eventsARequest,
    ).map((batch) => ({ touchpoint, batch })),
  );
  const answers = await gather(requests, 4, async ({ touchpoint, batch }) => {
    const answer = await postJson(
      `${stage.url}/v1/batch`,
      { batch },
      { authorization: basicAuth(stage.keyOf(touchpoint)) },
    );
    onProgress(batch.length);
    return CollectAnswer.parse(answer);
  });
  return {
    accepted: answers.reduce((sum, { accepted }) => sum + accepted, 0),
    rejected: answers.reduce((sum, { rejected }) => sum + rejected, 0),
  };
}

function chunks<Element>(elements: readonly Element[], size: number): Element[][] {
  return Array.from({ length: Math.ceil(elements.length / size) }, (_, index) =>
    elements.slice(index * size, (index + 1) * size),
  );
}
